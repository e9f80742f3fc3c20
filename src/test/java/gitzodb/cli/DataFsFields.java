package gitzodb.cli;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where each kind of field stands in a sound {@code Data.fs}, read without the code that is tested. */
final class DataFsFields {
    /** Bytes of a file. */
    record Field(String kind, int position, int length) {}

    private static final int TRANSACTION_HEADER = 23;
    private static final int RECORD_HEADER = 42;

    private final TreeMap<String, List<Field>> fields = new TreeMap<>();

    private DataFsFields() {}

    /** Returns the fields by their kind. */
    static SortedMap<String, List<Field>> of(byte[] file) {
        DataFsFields found = new DataFsFields();
        ByteBuffer bytes = ByteBuffer.wrap(file);
        found.add("magic", 0, 4);
        int at = 4;
        while (at < file.length) {
            at = found.transaction(bytes, at);
        }
        return found.fields;
    }

    private int transaction(ByteBuffer bytes, int start) {
        int length = (int) bytes.getLong(start + 8);
        add("tid", start, 8);
        add("transaction length", start + 8, 8);
        add("status", start + 16, 1);
        int texts = 0;
        for (int i = 0; i < 3; i++) {
            add("text length", start + 17 + 2 * i, 2);
            texts += Short.toUnsignedInt(bytes.getShort(start + 17 + 2 * i));
        }
        add("text", start + TRANSACTION_HEADER, texts);
        int at = start + TRANSACTION_HEADER + texts;
        while (at < start + length) {
            at = record(bytes, at);
        }
        add("length behind", start + length, 8);
        return start + length + 8;
    }

    private int record(ByteBuffer bytes, int start) {
        int length = (int) bytes.getLong(start + 34);
        add("oid", start, 8);
        add("record tid", start + 8, 8);
        add("previous record", start + 16, 8);
        add("transaction of record", start + 24, 8);
        add("version length", start + 32, 2);
        add("pickle length", start + 34, 8);
        add(length == 0 ? "back pointer" : "pickle", start + RECORD_HEADER, length == 0 ? 8 : length);
        return start + RECORD_HEADER + (length == 0 ? 8 : length);
    }

    private void add(String kind, int position, int length) {
        if (length > 0) {
            fields.computeIfAbsent(kind, any -> new ArrayList<>()).add(new Field(kind, position, length));
        }
    }
}
