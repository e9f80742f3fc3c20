package gitzodb.pickle;

import java.util.List;

/** A tuple. It has an identity only because it may hold what is shared or changed. */
public final class PyTuple implements Value.Node {
    public static final PyTuple EMPTY = new PyTuple(List.of());

    private final List<Value> items;

    public PyTuple(List<? extends Value> items) {
        this.items = List.copyOf(items);
    }

    public static PyTuple of(Value... items) {
        return new PyTuple(List.of(items));
    }

    public List<Value> items() {
        return items;
    }

    @Override
    public String toString() {
        return "tuple of " + items.size();
    }
}
