package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects a {@link DumpReport}. */
final class DumpLog {
    private final SortedMap<String, SortedSet<String>> secrets = new TreeMap<>();
    private final SortedSet<String> ignored = new TreeSet<>();
    private final SortedMap<String, SortedSet<Oid>> dangling = new TreeMap<>();
    private final SortedMap<Oid, String> unreadable = new TreeMap<>();
    private final List<Problem> errors = new ArrayList<>();
    private long objects;
    private long files;
    private long deleted;
    private long unreachable = -1;

    void wrote(ObjectPath path, UnitWriter.Written written) {
        objects++;
        if (!written.dangling().isEmpty()) {
            dangling.put(path.toString(), new TreeSet<>(written.dangling()));
        }
        unreadable.putAll(written.unreadable());
    }

    void error(ObjectPath path, IOException e) {
        errors.add(new Problem("", 0, path.toString(), String.valueOf(e.getMessage())));
    }

    void ignored(ObjectPath path) {
        ignored.add(path.toString());
    }

    void secret(ObjectPath path, String attribute) {
        secrets.computeIfAbsent(path.toString(), p -> new TreeSet<>()).add(attribute);
    }

    void unreachable(long count) {
        unreachable = count;
    }

    TreeSink counting(TreeSink sink) {
        return new TreeSink() {
            @Override
            public void put(String path, Bytes content) throws IOException {
                files++;
                sink.put(path, content);
            }

            @Override
            public void put(String path, Path content) throws IOException {
                files++;
                sink.put(path, content);
            }

            @Override
            public void delete(String path) throws IOException {
                deleted++;
                sink.delete(path);
            }
        };
    }

    DumpReport report() {
        return new DumpReport(
                objects, files, deleted, unreachable, secrets, ignored, dangling, unreadable, List.copyOf(errors));
    }
}
