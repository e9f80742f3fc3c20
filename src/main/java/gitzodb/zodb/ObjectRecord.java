package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PickleException;
import gitzodb.pickle.PickleReader;
import gitzodb.pickle.PickleWriter;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.pickle.ValueGraph;
import java.nio.charset.StandardCharsets;

/**
 * A record read: class and state, and how they are spelled. The bytes are two pickles that share one memo
 * (zodb-formats §3.1), perhaps wrapped by zlibstorage.
 *
 * @param protocol the pickle protocol of the record, as declared
 * @param compressed whether the record is wrapped by zlibstorage
 */
public record ObjectRecord(ObjectState state, int protocol, boolean compressed) {
    private static final ClassName BLOB = new ClassName("ZODB.blob", "Blob");
    private static final int BLOB_SEARCHED = 64;

    /** Reads a record; nothing may follow its second pickle. */
    public static ObjectRecord read(Bytes data, Generation generation) throws PickleException {
        boolean compressed = CompressedRecord.is(data);
        Bytes pickles = CompressedRecord.unwrap(data);
        PickleReader reader = new PickleReader(pickles, generation);
        ClassMeta meta = meta(reader);
        Value state = reader.read();
        if (!reader.atEnd()) {
            throw new PickleException(reader.offset(), "bytes after the second pickle of the record");
        }
        return new ObjectRecord(new ObjectState(meta, state), reader.protocol(), compressed);
    }

    /** Reads what a record says, and not how it is spelled. */
    public static ObjectState parse(Bytes data, Generation generation) throws PickleException {
        return read(data, generation).state();
    }

    /** Reads the class of a record only. */
    public static ClassMeta meta(Bytes data, Generation generation) throws PickleException {
        return meta(new PickleReader(CompressedRecord.unwrap(data), generation));
    }

    /** Returns whether a record is that of a blob, whose content is in a file of its own; cheap for all others. */
    public static boolean isBlob(Bytes data) {
        try {
            Bytes pickles = CompressedRecord.unwrap(data);
            String start =
                    pickles.slice(0, Math.min(BLOB_SEARCHED, pickles.length())).latin1();
            return start.contains(BLOB.module())
                    && meta(pickles, Generation.PYTHON3).name().equals(BLOB);
        } catch (PickleException e) {
            return false;
        }
    }

    /** Returns this record with another state, spelled in the same way. */
    public ObjectRecord with(ObjectState newState) {
        return new ObjectRecord(newState, protocol, compressed);
    }

    /** Returns the bytes by the rule of {@link PickleWriter}, wrapped if this record was. */
    public Bytes write(Generation generation) {
        Bytes pickles = write(state, generation, protocol);
        return compressed ? CompressedRecord.wrap(pickles) : pickles;
    }

    /**
     * Returns the bytes of a record that is not wrapped; for the protocol see {@link PickleWriter}. Changes the state: oids
     * that {@link KeyReferences} shows as references are bytes afterwards.
     */
    public static Bytes write(ObjectState state, Generation generation, int protocol) {
        KeyReferences.hide(state, generation);
        PickleWriter writer = new PickleWriter(generation, protocol);
        writer.write(metaValue(state.meta(), generation));
        writer.write(state.state());
        return writer.toBytes();
    }

    /** Returns whether two objects have the same class and content; see {@link ValueGraph#sameContent}. */
    public static boolean same(ObjectState one, ObjectState other, Generation generation) {
        return one.meta().spelling() == other.meta().spelling()
                && ValueGraph.same(metaValue(one.meta(), generation), metaValue(other.meta(), generation))
                && ValueGraph.sameContent(one.state(), other.state(), generation);
    }

    private static ClassMeta meta(PickleReader reader) throws PickleException {
        int offset = reader.offset();
        Value value = reader.read();
        if (isClass(value)) {
            return new ClassMeta(ClassMeta.Spelling.GLOBAL, value, null);
        }
        if (value instanceof PyTuple tuple && tuple.items().size() == 2) {
            Value first = tuple.items().getFirst();
            Value second = tuple.items().getLast();
            if (isClass(first)) {
                return new ClassMeta(ClassMeta.Spelling.TUPLE, first, second);
            }
            if (first instanceof PyTuple pair && pair.items().size() == 2) {
                Value cls = pair(pair.items().getFirst(), pair.items().getLast(), offset);
                return new ClassMeta(ClassMeta.Spelling.PAIR, cls, second);
            }
            return new ClassMeta(ClassMeta.Spelling.PAIR_ALONE, pair(first, second, offset), null);
        }
        throw noClass(offset);
    }

    private static boolean isClass(Value value) {
        return value instanceof Value.Global || value instanceof Value.PersistentId;
    }

    private static Value.Global pair(Value module, Value name, int offset) throws PickleException {
        return new Value.Global(name(module, offset), name(name, offset));
    }

    private static String name(Value value, int offset) throws PickleException {
        if (value instanceof Value.Text(String text)) {
            return text;
        }
        if (value instanceof Value.Str(Bytes bytes) && bytes.isAscii()) {
            return bytes.latin1();
        }
        throw noClass(offset);
    }

    private static PickleException noClass(int offset) {
        return new PickleException(offset, "the first pickle of the record names no class");
    }

    private static Value metaValue(ClassMeta meta, Generation generation) {
        Value args = meta.args() == null ? Value.NONE : meta.args();
        return switch (meta.spelling()) {
            case GLOBAL -> meta.cls();
            case TUPLE -> PyTuple.of(meta.cls(), args);
            case PAIR -> PyTuple.of(pairOf(meta, generation), args);
            case PAIR_ALONE -> pairOf(meta, generation);
        };
    }

    private static PyTuple pairOf(ClassMeta meta, Generation generation) {
        ClassName name = meta.name();
        return PyTuple.of(nativeText(name.module(), generation), nativeText(name.name(), generation));
    }

    private static Value nativeText(String text, Generation generation) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
            case PYTHON3 -> new Value.Text(text);
        };
    }
}
