package gitzodb.xml;

import gitzodb.pickle.Value;
import gitzodb.zodb.Label;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What the tree decides while an object is written. */
@FunctionalInterface
public interface WriteHooks {
    /**
     * Returns what stands for a reference: {@code ref}, {@code object}, {@code child}, {@code tree} or {@code blob},
     * without {@code name} and {@code id}. Called once a place, in the order and with the labels of
     * {@link gitzodb.zodb.StateWalk}, but not for the places that {@link TraverseHooks} says with others; may write folded objects with the same {@link ValueXml}.
     */
    Element reference(Value.PersistentId id, Label label) throws IOException;

    /**
     * Returns what stands for an attribute of the object instead of its value: an element without {@code name}, such as
     * {@code <text file="…"/>}. Empty, as by default, writes the value. References in the value are not reported then.
     */
    default Optional<Element> attribute(String name, Value value) throws IOException {
        return Optional.empty();
    }

    /** Returns elements of the tree's own, which stand before the attributes. Their names are none of a value. */
    default List<Element> head() throws IOException {
        return List.of();
    }
}
