package gitzodb.zodb;

import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import org.jspecify.annotations.Nullable;

/** The values of one object revision: its class and its state. */
public record ObjectState(ClassMeta meta, Value state) {
    public ClassName className() {
        return meta.name();
    }

    /** Returns the attributes if the state is a dict, which it is for nearly every class, else null. */
    public @Nullable PyDict attributes() {
        return state instanceof PyDict dict ? dict : null;
    }

    /** Returns one attribute, or null if there is none or the state is no dict. */
    public @Nullable Value attribute(String name) {
        PyDict attributes = attributes();
        return attributes == null ? null : attributes.get(name);
    }
}
