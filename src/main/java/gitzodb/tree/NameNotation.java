package gitzodb.tree;

import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ObjectState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The attribute in which an object with a file repeats its own name. It is left out and only said to be there ({@code
 * named="id"}), so that {@code git mv} renames the object and two objects of equal content are equal files.
 */
public final class NameNotation {
    /** The attribute of the XML element that says which attribute of the object it is. */
    public static final String ATTRIBUTE = "named";

    private NameNotation() {}

    /**
     * Returns the attribute that holds just the name.
     *
     * @param usual what objects of the class call it
     */
    public static Optional<String> find(ObjectState state, Segment name, String usual, CanonicalOrder order) {
        if (name.mark() != Segment.Mark.PLAIN || state.attributes() == null) {
            return Optional.empty();
        }
        Value wanted = order.nativeValue(name.text());
        return new LinkedHashSet<>(List.of(usual, "id", "__name__"))
                .stream()
                        .filter(attribute -> wanted.equals(state.attribute(attribute)))
                        .findFirst();
    }

    public static ObjectState without(ObjectState state, String attribute, CanonicalOrder order) {
        PyDict rest = new PyDict();
        for (PyDict.Entry entry : entries(state)) {
            if (!attribute.equals(order.nativeText(entry.key()))) {
                rest.put(entry.key(), entry.value());
            }
        }
        return new ObjectState(state.meta(), rest);
    }

    /** Returns the state with the attribute; empty if the state has it already or is no dict. */
    public static Optional<ObjectState> with(ObjectState state, String attribute, Segment name, CanonicalOrder order) {
        if (state.attributes() == null || state.attribute(attribute) != null) {
            return Optional.empty();
        }
        PyDict all = new PyDict();
        entries(state).forEach(entry -> all.put(entry.key(), entry.value()));
        all.put(order.nativeValue(attribute), order.nativeValue(name.text()));
        return Optional.of(new ObjectState(state.meta(), all));
    }

    private static List<PyDict.Entry> entries(ObjectState state) {
        PyDict attributes = state.attributes();
        return attributes == null ? List.of() : attributes.entries();
    }
}
