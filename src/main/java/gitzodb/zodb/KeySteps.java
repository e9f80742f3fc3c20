package gitzodb.zodb;

import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import java.util.HashMap;
import java.util.Map;

/** Gives the keys of one dict their steps; to be asked for each key once, in canonical order. */
public final class KeySteps {
    private final CanonicalOrder order;
    private final boolean attributes;
    private final Map<String, Integer> taken = new HashMap<>();

    /** Starts a dict; {@code attributes} is true for the dict of a state, whose text keys are attributes. */
    public KeySteps(CanonicalOrder order, boolean attributes) {
        this.order = order;
        this.attributes = attributes;
    }

    /** Returns the step of the next key. */
    public Step next(Value key) {
        String text = order.nativeText(key);
        if (text == null && order.generation() == Generation.PYTHON2 && key instanceof Value.Text(String unicode)) {
            text = unicode;
        }
        if (text != null && taken.putIfAbsent(text, 1) == null) {
            return attributes ? new Step.Attribute(text) : new Step.Key(text);
        }
        String form = CanonicalOrder.shortForm(key);
        int count = taken.merge("\0" + form, 1, Integer::sum);
        return new Step.OtherKey(count == 1 ? form : form + "~" + count);
    }
}
