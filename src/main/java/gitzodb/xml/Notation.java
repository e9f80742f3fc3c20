package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.Value;
import gitzodb.zodb.Step;
import java.util.List;
import java.util.Optional;

/**
 * The natural notation of a well-known kind of instance. A writer uses it only if reading it back gives the same value,
 * so {@link #write} may be generous and {@link #read} alone says what an element means.
 */
interface Notation {
    /** Returns the name of the element. */
    String element();

    /** Returns the first version of trees that has it. */
    default int since() {
        return 1;
    }

    /** Returns the attributes the element may have beside {@code name} and {@code id}. */
    default List<String> attributes() {
        return List.of();
    }

    Optional<Shown> write(Instance value, Dialect dialect);

    /** Returns the value of an element; {@code inner} holds the values of its children, unless {@link #ownChildren}. */
    Instance read(Element element, List<Value> inner, Dialect dialect) throws Malformed;

    /** True if the children of the element are no values. */
    default boolean ownChildren() {
        return false;
    }

    /** True if the element holds text and no children. */
    default boolean holdsText() {
        return false;
    }

    /** Returns the step to the value of a child. */
    default Step step(int child) {
        return new Step.Position(child);
    }

    /** An element, and the values that become its children. */
    record Shown(Element element, List<Value> inner) {
        static Optional<Shown> of(Element element) {
            return Optional.of(new Shown(element, List.of()));
        }
    }
}
