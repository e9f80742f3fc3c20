package gitzodb.zodb;

import gitzodb.bytes.ByteCursor;
import gitzodb.bytes.Bytes;
import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every record of a fixture's Data.fs, each revision, read by a walker of the tests' own (zodb-formats §1.2, §1.3). */
public final class FixtureRecords {
    private static final int MAGIC = 4;
    private static final int TRANSACTION_HEADER = 23;

    private FixtureRecords() {}

    /** Returns the records of the fixture {@code small} or {@code code-300}, or skips the test. */
    public static List<Bytes> of(String fixture) throws IOException {
        Path file = Oracle.shared().resolve("fixtures").resolve(fixture).resolve("Data.fs");
        return records(Bytes.wrap(Files.readAllBytes(file)));
    }

    private static List<Bytes> records(Bytes file) throws IOException {
        ByteCursor<IOException> cursor =
                new ByteCursor<>(file, (offset, message) -> new IOException(message + " at " + offset));
        List<Bytes> records = new ArrayList<>();
        cursor.skip(MAGIC);
        while (!cursor.atEnd()) {
            int start = cursor.offset();
            cursor.skip(Long.BYTES);
            long end = start + cursor.i64BigEndian();
            cursor.skip(1);
            int texts = cursor.u16BigEndian() + cursor.u16BigEndian() + cursor.u16BigEndian();
            cursor.seek(start + TRANSACTION_HEADER + texts);
            while (cursor.offset() < end) {
                cursor.skip(4L * Long.BYTES + 2);
                long length = cursor.i64BigEndian();
                if (length == 0) {
                    cursor.skip(Long.BYTES);
                } else {
                    records.add(cursor.bytes(length));
                }
            }
            cursor.skip(Long.BYTES);
        }
        return records;
    }
}
