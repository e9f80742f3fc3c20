package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.load.LoadResult;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which objects went out of the database, by a load or by Zope, and the paths they had: what a switch of the branch and
 * back, or a revert, brings back has its record again. Of what Zope took out, objects that had a file. One file, {@code $GIT_DIR/zodb/NAME/deleted}, with {@code OID PATH} a line, the oid as 16 hex
 * digits, the latest last. A cache: without it an object that comes back is a new one.
 */
record Deletions(Map<String, Oid> byPath) {
    /** Objects that are remembered; the earliest are forgotten. */
    private static final int LIMIT = 100_000;

    private static final int OID_DIGITS = 16;

    Deletions {
        byPath = Collections.unmodifiableMap(new LinkedHashMap<>(byPath));
    }

    /** Reads the file; lines that it should not have are left out. */
    static Deletions read(Path file) throws IOException {
        Map<String, Oid> byPath = new LinkedHashMap<>();
        if (Files.exists(file)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                if (line.length() > OID_DIGITS + 1
                        && line.substring(0, OID_DIGITS).matches("[0-9a-f]+")) {
                    Oid oid = new Oid(HexFormat.fromHexDigitsToLong(line, 0, OID_DIGITS));
                    byPath.put(line.substring(OID_DIGITS + 1), oid);
                }
            }
        }
        return new Deletions(byPath);
    }

    /** Returns what is to be remembered after objects came and went. */
    Deletions after(List<LoadResult.Change> changes) {
        Map<String, Oid> all = new LinkedHashMap<>(byPath);
        for (LoadResult.Change change : changes) {
            all.remove(change.path());
            if (change.kind() == LoadResult.Kind.GONE) {
                all.put(change.path(), change.oid());
            }
        }
        while (all.size() > LIMIT) {
            all.remove(all.keySet().iterator().next());
        }
        return new Deletions(all);
    }

    /** Writes the file if it says something else. */
    void write(Path file) throws IOException {
        if (byPath.isEmpty() && !Files.exists(file)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        byPath.forEach((path, oid) -> text.append(HexFormat.of().toHexDigits(oid.value()))
                .append(' ')
                .append(path)
                .append('\n'));
        AtomicFile.writeIfChanged(file, Bytes.utf8(text.toString()));
    }
}
