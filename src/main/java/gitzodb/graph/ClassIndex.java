package gitzodb.graph;

import gitzodb.bytes.Wtf8;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many reachable objects there are of each class, and which they are while they are few: what a load asks for when it
 * does not look at every object.
 */
final class ClassIndex {
    /** Objects of one class that are listed. */
    private static final int LISTED = 16;

    private static final MapCodec<ClassName> NAME = new MapCodec<>() {
        @Override
        public byte[] encode(ClassName name) {
            CodecBuffer out = new CodecBuffer();
            out.putBytes(Wtf8.encode(name.module()));
            out.putRaw(Wtf8.encode(name.name()));
            return out.toArray();
        }

        @Override
        public ClassName decode(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            String module = Wtf8.decode(CodecBuffer.bytes(in));
            byte[] rest = new byte[in.remaining()];
            in.get(rest);
            return new ClassName(module, Wtf8.decode(rest));
        }
    };

    private static final MapCodec<Objects> OBJECTS = new MapCodec<>() {
        @Override
        public byte[] encode(Objects objects) {
            ByteBuffer out = ByteBuffer.allocate((1 + objects.some.size()) * Long.BYTES);
            out.putLong(objects.count);
            objects.some.forEach(oid -> out.putLong(oid.value()));
            return out.array();
        }

        @Override
        public Objects decode(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            long count = in.getLong();
            List<Oid> some = new ArrayList<>();
            while (in.hasRemaining()) {
                some.add(new Oid(in.getLong()));
            }
            return new Objects(count, some);
        }
    };

    private final StoreMap<ClassName, Objects> classes;
    private final Map<ClassName, Objects> unwritten = new HashMap<>();

    /** The objects of a class: all of them if {@code some} are as many as there are. */
    private record Objects(long count, List<Oid> some) {
        static final Objects NONE = new Objects(0, List.of());

        Objects with(Oid oid) {
            if (some.size() >= LISTED) {
                return new Objects(count + 1, some);
            }
            List<Oid> more = new ArrayList<>(some);
            more.add(oid);
            return new Objects(count + 1, more);
        }

        Objects without(Oid oid) {
            List<Oid> fewer = some.stream().filter(each -> !each.equals(oid)).toList();
            return new Objects(count - 1, fewer);
        }
    }

    ClassIndex(MapStore store) {
        classes = store.map("classes", NAME, OBJECTS);
    }

    void clear() {
        classes.clear();
        unwritten.clear();
    }

    void add(ClassName name, Oid oid) {
        put(name, find(name).with(oid));
    }

    void remove(ClassName name, Oid oid) {
        put(name, find(name).without(oid));
    }

    /** Takes note of an object while all are read; {@link #write} is to follow. */
    void addLater(ClassName name, Oid oid) {
        unwritten.merge(name, Objects.NONE.with(oid), (old, one) -> old.with(oid));
    }

    void write() {
        unwritten.forEach(this::put);
        unwritten.clear();
    }

    boolean has(ClassName name) {
        return classes.has(name);
    }

    /** Returns a few objects of a class, if there are any. */
    List<Oid> some(ClassName name) {
        return List.copyOf(find(name).some);
    }

    /** Returns the objects of a class; null if they are too many to be listed. */
    @Nullable
    List<Oid> all(ClassName name) {
        Objects objects = find(name);
        return objects.some.size() == objects.count ? List.copyOf(objects.some) : null;
    }

    private Objects find(ClassName name) {
        Objects found = classes.get(name);
        return found == null ? Objects.NONE : found;
    }

    private void put(ClassName name, Objects objects) {
        if (objects.count == 0) {
            classes.remove(name);
        } else {
            classes.put(name, objects);
        }
    }
}
