package gitzodb.zodb;

import java.util.List;

/** The way from an object to a reference in its record: one step at least. */
public record Label(List<Step> steps) {
    public Label {
        steps = List.copyOf(steps);
    }

    public static Label of(Step... steps) {
        return new Label(List.of(steps));
    }

    public Step last() {
        return steps.getLast();
    }
}
