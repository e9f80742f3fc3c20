package gitzodb.dump;

import gitzodb.graph.MapCodec;
import gitzodb.graph.MapStore;
import gitzodb.graph.StoreMap;
import gitzodb.tree.ObjectPath;
import gitzodb.zodb.Oid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a dump wrote and from what, kept in the object map so that the next one can tell what has to be written again. */
public final class DumpIndex {
    /**
     * The files of one object.
     *
     * @param path {@link ObjectPath#join} of its segments
     * @param weak targets of weak references in them
     */
    public record Entry(String path, List<String> files, List<Oid> weak) {}

    /**
     * What the files of others say of an object.
     *
     * @param print a hash of its path, class and whatever else is written where it is referred to
     */
    public record Placed(Oid owner, long print) {}

    private record Pair(Oid first, Oid second) {}

    private static final MapCodec<Placed> PLACED = new MapCodec<>() {
        @Override
        public byte[] encode(Placed placed) {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(placed.owner.value())
                    .putLong(placed.print)
                    .array();
        }

        @Override
        public Placed decode(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Placed(new Oid(in.getLong()), in.getLong());
        }
    };

    private static final MapCodec<Pair> PAIR = new MapCodec<>() {
        @Override
        public byte[] encode(Pair pair) {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(pair.first.value())
                    .putLong(pair.second.value())
                    .array();
        }

        @Override
        public Pair decode(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            return new Pair(new Oid(in.getLong()), new Oid(in.getLong()));
        }
    };

    private static final MapCodec<Entry> ENTRY = new MapCodec<>() {
        @Override
        public byte[] encode(Entry entry) {
            StringBuilder text = new StringBuilder(entry.path);
            entry.files.forEach(file -> text.append('\n').append(file));
            entry.weak.forEach(oid -> text.append("\n\n").append(oid.value()));
            return MapCodec.TEXT.encode(text.toString());
        }

        @Override
        public Entry decode(byte[] bytes) {
            String[] lines = MapCodec.TEXT.decode(bytes).split("\n", -1);
            List<String> files = new ArrayList<>(lines.length);
            List<Oid> weak = new ArrayList<>(0);
            for (int i = 1; i < lines.length; i++) {
                if (lines[i].isEmpty()) {
                    weak.add(new Oid(Long.parseLong(lines[++i])));
                } else {
                    files.add(lines[i]);
                }
            }
            return new Entry(lines[0], files, weak);
        }
    };

    private final StoreMap<Oid, Entry> units;
    private final StoreMap<String, Oid> paths;
    private final StoreMap<String, Oid> files;
    private final StoreMap<Oid, Placed> places;
    private final StoreMap<Pair, Oid> weak;

    public DumpIndex(MapStore store) {
        units = store.map("units", MapCodec.OID, ENTRY);
        paths = store.map("unit-paths", MapCodec.TEXT, MapCodec.OID);
        files = store.map("unit-files", MapCodec.TEXT, MapCodec.OID);
        places = store.map("places", MapCodec.OID, PLACED);
        weak = store.map("weak-references", PAIR, MapCodec.OID);
    }

    void clear() {
        units.clear();
        paths.clear();
        files.clear();
        places.clear();
        weak.clear();
    }

    @Nullable
    public Placed placed(Oid oid) {
        return places.get(oid);
    }

    void place(Oid oid, Placed placed) {
        places.put(oid, placed);
    }

    void removePlace(Oid oid) {
        places.remove(oid);
    }

    /** Returns the files of an object that has any. */
    @Nullable
    public Entry unit(Oid oid) {
        return units.get(oid);
    }

    /** Returns the object with a file at a path; null if there is none. */
    @Nullable
    public Oid at(String path) {
        return paths.get(path);
    }

    /** Returns the object whose file this is; null if the dump wrote none of that name for an object. */
    @Nullable
    public Oid ofFile(String file) {
        return files.get(file);
    }

    /** Notes that an object has a file at a path, before it is known which files. */
    void stand(String path, Oid oid) {
        paths.put(path, oid);
    }

    void put(Oid oid, Entry entry) {
        remove(oid);
        paths.put(entry.path, oid);
        add(oid, entry);
    }

    /** Puts the files of an object that has none here and of which {@link #stand} noted the path. */
    void add(Oid oid, Entry entry) {
        units.put(oid, entry);
        entry.files.forEach(file -> files.put(file, oid));
        entry.weak.forEach(target -> weak.put(new Pair(target, oid), oid));
    }

    void remove(Oid oid) {
        Entry old = units.get(oid);
        if (old != null) {
            units.remove(oid);
            if (oid.equals(paths.get(old.path))) {
                paths.remove(old.path);
            }
            for (String file : old.files) {
                if (oid.equals(files.get(file))) {
                    files.remove(file);
                }
            }
            old.weak.forEach(target -> weak.remove(new Pair(target, oid)));
        }
    }

    /** Visits the objects with a file at a path and below it. */
    void below(String path, Consumer<Oid> visitor) {
        Oid at = paths.get(path);
        if (at != null) {
            visitor.accept(at);
        }
        String prefix = path.isEmpty() ? "" : path + '/';
        paths.scan(prefix, (found, oid) -> {
            boolean below = found.startsWith(prefix);
            if (below && !found.equals(path)) {
                visitor.accept(oid);
            }
            return below;
        });
    }

    /** Returns the highest oid that a weak reference in a file leads to; null if there is no such reference. */
    @Nullable
    public Oid highestWeakTarget() {
        Pair last = weak.lastKey();
        return last == null ? null : last.first;
    }

    /** Visits the objects in whose files a weak reference to {@code target} is. */
    public void weakReferrers(Oid target, Consumer<Oid> visitor) {
        weak.scan(new Pair(target, new Oid(0)), (pair, owner) -> {
            boolean same = pair.first.equals(target);
            if (same) {
                visitor.accept(owner);
            }
            return same;
        });
    }
}
