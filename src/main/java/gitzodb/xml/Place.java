package gitzodb.xml;

import gitzodb.zodb.Label;
import gitzodb.zodb.Step;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a record we are: the steps from the object, the last one first. Null stands for the object itself. */
record Place(@Nullable Place outer, Step step) {
    static Place of(@Nullable Place outer, String attribute) {
        return new Place(outer, new Step.Attribute(attribute));
    }

    static Place of(@Nullable Place outer, int position) {
        return new Place(outer, new Step.Position(position));
    }

    static Label label(@Nullable Place place) {
        Deque<Step> steps = new ArrayDeque<>();
        for (Place at = place; at != null; at = at.outer) {
            steps.push(at.step);
        }
        return new Label(List.copyOf(steps));
    }
}
