package gitzodb.tree;

import gitzodb.graph.MapCodec;
import gitzodb.graph.MapStore;
import gitzodb.graph.StoreMap;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which segments stand beside each other in each folder: what names depend on (tree-format §5). A segment counts
 * once for an object with a file at it, and once for each segment right below it.
 */
public final class Siblings {
    private static final char CUT = '\n';

    private static final MapCodec<Integer> COUNT = new MapCodec<>() {
        @Override
        public byte[] encode(Integer count) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(count).array();
        }

        @Override
        public Integer decode(byte[] bytes) {
            return ByteBuffer.wrap(bytes).getInt();
        }
    };

    private final StoreMap<String, Integer> counts;

    public Siblings(MapStore store) {
        counts = store.map("siblings", MapCodec.TEXT, COUNT);
    }

    public void clear() {
        counts.clear();
    }

    /** Notes or takes back an object with a file; calls back with each folder and segment that came or went. */
    public void count(List<Segment> path, int by, Change change) {
        boolean changed = true;
        for (int i = path.size() - 1; i >= 0 && changed; i--) {
            List<Segment> folder = path.subList(0, i);
            String key = key(folder, path.get(i));
            Integer present = counts.get(key);
            int before = present == null ? 0 : present;
            int after = before + by;
            if (after == 0) {
                counts.remove(key);
            } else {
                counts.put(key, after);
            }
            changed = before == 0 || after == 0;
            if (changed) {
                change.changed(folder, path.get(i));
            }
        }
    }

    /** Takes what came or went. */
    @FunctionalInterface
    public interface Change {
        void changed(List<Segment> folder, Segment segment);
    }

    /** True if another segment in the folder has the same fold. */
    public boolean isTwin(List<Segment> folder, Segment segment) {
        return others(folder, segment, true).size() > 1;
    }

    /** Returns a test whether a fold stands in the folder. */
    public Predicate<String> in(List<Segment> folder) {
        String path = ObjectPath.join(folder) + CUT;
        return fold -> has(path + fold(fold) + CUT);
    }

    /** Returns the segments of the folder with the fold of this one, itself included; two at most if {@code few}. */
    public List<Segment> others(List<Segment> folder, Segment segment, boolean few) {
        String prefix = ObjectPath.join(folder) + CUT + fold(segment.fold()) + CUT;
        List<Segment> found = new ArrayList<>(2);
        counts.scan(prefix, (key, count) -> {
            if (!key.startsWith(prefix)) {
                return false;
            }
            found.add(ObjectPath.segment(key.substring(prefix.length())));
            return !few || found.size() < 2;
        });
        return found;
    }

    private boolean has(String prefix) {
        boolean[] found = new boolean[1];
        counts.scan(prefix, (key, count) -> {
            found[0] = key.startsWith(prefix);
            return false;
        });
        return found[0];
    }

    private static String key(List<Segment> folder, Segment segment) {
        return ObjectPath.join(folder) + CUT + fold(segment.fold()) + CUT + ObjectPath.join(List.of(segment));
    }

    /** Makes a fold text without line breaks and lone surrogates. */
    private static String fold(String fold) {
        return ObjectPath.join(List.of(Segment.plain(fold)));
    }
}
