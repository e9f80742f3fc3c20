package gitzodb.zodb;

import gitzodb.pickle.Value;

/** The name of a class: module and name in it, as pickled. */
public record ClassName(String module, String name) implements Comparable<ClassName> {
    public static ClassName of(Value.Global global) {
        return new ClassName(global.module(), global.name());
    }

    /**
     * Parses the text form: {@code module.name}, or {@code module:name} where the name has dots of its own, or module
     * or name are odd. The inverse of {@link #toString}.
     *
     * @throws IllegalArgumentException if there is neither dot nor colon
     */
    public static ClassName parse(String text) {
        int cut = text.indexOf(':');
        if (cut < 0) {
            cut = text.lastIndexOf('.');
        }
        if (cut < 0) {
            throw new IllegalArgumentException("not a class name: " + text);
        }
        return new ClassName(text.substring(0, cut), text.substring(cut + 1));
    }

    public Value.Global global() {
        return new Value.Global(module, name);
    }

    @Override
    public int compareTo(ClassName other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        boolean plain = module.indexOf(':') < 0 && name.indexOf(':') < 0 && name.indexOf('.') < 0 && !module.isEmpty();
        return module + (plain ? '.' : ':') + name;
    }
}
