package gitzodb.pickle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A list. */
public final class PyList implements Value.Node {
    private final List<Value> items;

    public PyList() {
        items = new ArrayList<>();
    }

    public PyList(Collection<? extends Value> items) {
        this.items = new ArrayList<>(items);
    }

    /** Returns the items; changes to it change this list. */
    public List<Value> items() {
        return items;
    }

    @Override
    public String toString() {
        return "list of " + items.size();
    }
}
