package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problem;
import gitzodb.tree.TreeSink;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** Collects a {@link DumpReport}. */
final class DumpLog {
    private final Map<Oid, Left> secrets = new HashMap<>();
    private final SortedSet<String> ignored = new TreeSet<>();
    private final SortedMap<String, SortedSet<Oid>> dangling = new TreeMap<>();
    private final SortedMap<Oid, String> unreadable = new TreeMap<>();
    private final List<Problem> errors = new ArrayList<>();
    private long objects;
    private final AtomicLong files = new AtomicLong();
    private long deleted;
    private long unreachable = -1;
    private List<DumpReport.Derived> derived = List.of();

    /** The values left out of one object, and the class that held them. */
    private record Left(ClassName holder, int count) {}

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

    /** Takes how many values of an object were left out; an object that is read twice counts once. Thread-safe. */
    synchronized void secret(Oid oid, ClassName holder, int count) {
        secrets.put(oid, new Left(holder, count));
    }

    void derived(List<DumpReport.Derived> parts) {
        derived = List.copyOf(parts);
    }

    void unreachable(long count) {
        unreachable = count;
    }

    /** Returns a sink that as many threads may use as the given one. */
    TreeSink counting(TreeSink sink) {
        return new TreeSink() {
            @Override
            public void put(String path, Bytes content) throws IOException {
                files.incrementAndGet();
                sink.put(path, content);
            }

            @Override
            public void put(String path, Path content) throws IOException {
                files.incrementAndGet();
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
        SortedMap<ClassName, Integer> left = new TreeMap<>();
        secrets.values().forEach(object -> left.merge(object.holder, object.count, Integer::sum));
        return new DumpReport(
                objects,
                files.get(),
                deleted,
                unreachable,
                left,
                ignored,
                dangling,
                unreadable,
                List.copyOf(errors),
                derived);
    }
}
