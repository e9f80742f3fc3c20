package gitzodb.xml;

import gitzodb.pickle.Generation;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Objects as elements, and back. One instance is for one file: marks of shared values count through the whole file,
 * folded objects included, which a hook writes and reads with the same instance. Not thread-safe.
 */
public final class ValueXml {
    private final Dialect dialect;
    private final String file;
    private final int format;
    private final Set<String> ids = new HashSet<>();
    private int lastId;
    private int depth;
    private long length;

    /** Starts a file to read; {@code file} names it in messages. Notations of all versions can be read. */
    public ValueXml(Generation generation, String file) {
        this(generation, file, Integer.MAX_VALUE);
    }

    /** Starts a file to write, with the notations that a tree of this version has. */
    public ValueXml(Generation generation, String file, int format) {
        dialect = Dialect.of(generation, format);
        this.file = file;
        this.format = format;
    }

    /**
     * Returns the {@code <object>} of a state.
     *
     * @throws gitzodb.zodb.StateException if the state is deeper or larger than {@link XmlLimits} allow
     */
    public Element object(ObjectState state, WriteHooks hooks) throws IOException {
        return new RecordWriter(this, state, hooks).object();
    }

    /** Returns the state that an {@code <object>} says; {@code name} and {@code id} on it are for the caller. */
    public ObjectState read(Element object, ReadHooks hooks) throws IOException {
        return new RecordReader(this, hooks).object(object);
    }

    Dialect dialect() {
        return dialect;
    }

    /** True if a file may have what the format has since a version. */
    boolean has(int since) {
        return since <= format;
    }

    String file() {
        return file;
    }

    int nextId() {
        return ++lastId;
    }

    /** Takes an id that a file gives; false if it has given it before. */
    boolean takeId(String id) {
        return ids.add(id);
    }

    /** Enters a value; false if it is too deep. To be followed by {@link #leave}. */
    boolean enter() {
        return ++depth <= XmlLimits.VALUE_DEPTH;
    }

    /** True if the value just entered is to be written or read with {@link DeepStack}. */
    boolean isDeep() {
        return depth == DeepStack.FROM;
    }

    void leave() {
        depth--;
    }

    /** Counts what an element will take in the file; false if that is too much. */
    boolean grow(Element element) {
        length += element.text().length() + 2L * element.name().length() + 5;
        return length <= XmlLimits.FILE_LENGTH && element.text().length() <= XmlLimits.TEXT_LENGTH;
    }

    XmlFormatException refused(Element element, String message) {
        return new XmlFormatException(file, element.line(), element.column(), message);
    }
}
