package gitzodb.dump;

import gitzodb.bytes.Bytes;
import gitzodb.graph.HomeGraph;
import gitzodb.tree.DerivedPart;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.TreeSink;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How much of a dump follows from other content, by the objects that hold it. Thread-safe once made. */
final class DerivedShares {
    private static final long PERCENT = 100;

    /** What is less than this share of both files and bytes is not worth a line. */
    private static final long LEAST_PERCENT = 1;

    private final Map<String, Count> parts = new TreeMap<>();
    private final Count all = new Count(null);

    private record Count(@Nullable DerivedPart part, AtomicLong files, AtomicLong bytes) {
        Count(@Nullable DerivedPart part) {
            this(part, new AtomicLong(), new AtomicLong());
        }

        void add(long length) {
            files.incrementAndGet();
            bytes.addAndGet(length);
        }
    }

    static DerivedShares of(HomeGraph graph, Placement placement, IgnoreRules ignored) {
        DerivedShares shares = new DerivedShares();
        for (Map.Entry<ClassName, DerivedPart> known : DerivedPart.byClass().entrySet()) {
            if (known.getValue().isLeftOut(ignored)) {
                continue;
            }
            for (Oid oid : graph.ofClass(known.getKey())) {
                placement
                        .of(oid)
                        .filter(Place::isOwn)
                        .ifPresent(place -> shares.parts.put(Dump.path(place), new Count(known.getValue())));
            }
        }
        return shares;
    }

    /** Returns a sink for the files of one object. */
    TreeSink counting(ObjectPath object, TreeSink sink) {
        Count part = parts.isEmpty() ? null : part(ObjectPath.join(object.segments()));
        return new TreeSink() {
            @Override
            public void put(String path, Bytes content) throws IOException {
                count(content.length());
                sink.put(path, content);
            }

            @Override
            public void put(String path, Path content) throws IOException {
                count(Files.size(content));
                sink.put(path, content);
            }

            @Override
            public void delete(String path) throws IOException {
                sink.delete(path);
            }

            private void count(long length) {
                all.add(length);
                if (part != null) {
                    part.add(length);
                }
            }
        };
    }

    private @Nullable Count part(String path) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            Count part = parts.get(path.substring(0, end));
            if (part != null) {
                return part;
            }
        }
        return parts.get(path);
    }

    /** Returns the parts that are worth leaving out, the largest first. */
    List<DumpReport.Derived> report() {
        List<DumpReport.Derived> found = new ArrayList<>();
        parts.forEach((path, count) -> {
            boolean large = count.bytes.get() * PERCENT >= all.bytes.get() * LEAST_PERCENT
                    || count.files.get() * PERCENT >= all.files.get() * LEAST_PERCENT;
            if (large && count.part != null && count.files.get() > 0) {
                found.add(new DumpReport.Derived("/" + path, count.part, count.files.get(), count.bytes.get(), (int)
                        (count.bytes.get() * PERCENT / Math.max(1, all.bytes.get()))));
            }
        });
        found.sort(Comparator.comparingLong(DumpReport.Derived::bytes).reversed());
        return found;
    }
}
