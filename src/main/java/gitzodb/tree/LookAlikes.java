package gitzodb.tree;

import gitzodb.zodb.Label;
import gitzodb.zodb.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells the objects at home in one BTree apart whose keys differ in references only, and so have one key form: the second
 * of them, in the order of the tree, has {@code ~2} behind the form, and so on.
 */
public final class LookAlikes {
    /** What a reference is in a key form. */
    private static final String REFERENCE = "ref\"";

    private static final Pattern NUMBER = Pattern.compile("~[0-9]+$");

    private final Map<Label, Integer> counts = new HashMap<>();

    /** True for a label from a tree whose key holds a reference. */
    static boolean isConcerned(Label label) {
        return label.steps().getFirst() instanceof Step.OtherKey(String form) && form.contains(REFERENCE);
    }

    /** Returns the label of the next object of the tree, told apart from those before it. */
    public Label next(Label label) {
        if (!(label.steps().getFirst() instanceof Step.OtherKey(String form)) || !isConcerned(label)) {
            return label;
        }
        String bare = NUMBER.matcher(form).replaceFirst("");
        int count = counts.merge(with(label, bare), 1, Integer::sum);
        return with(label, count == 1 ? bare : bare + '~' + count);
    }

    private static Label with(Label label, String form) {
        List<Step> steps = new ArrayList<>(label.steps());
        steps.set(0, new Step.OtherKey(form));
        return new Label(steps);
    }
}
