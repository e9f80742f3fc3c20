package gitzodb.load;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Tells which new objects are old ones under another path, from content alone, so that every machine decides alike:
 * whole subtrees first, then objects of one name, then similar ones. What is ambiguous is a new object. A pair takes
 * what lies below it at the same place with it.
 */
final class Renames {
    /** How many objects a side may have for a comparison of each with each. */
    static final int SIMILAR_LIMIT = 200;

    /** Share of common lines, in percent, from which two objects can be one. */
    static final int SIMILAR_PERCENT = 50;

    private final NavigableMap<String, Movable> gone;
    private final NavigableMap<String, Movable> added;
    private final Map<String, String> found = new TreeMap<>();

    private Renames(Collection<Movable> gone, Collection<Movable> added) {
        this.gone = byPath(gone);
        this.added = byPath(added);
    }

    /** Gives the text of an object, to compare it by lines. */
    interface Texts {
        List<String> gone(String path) throws IOException;

        List<String> added(String path) throws IOException;
    }

    /** Returns the old path of each new one that has one. */
    static Map<String, String> find(Collection<Movable> gone, Collection<Movable> added, Texts texts)
            throws IOException {
        Renames renames = new Renames(gone, added);
        renames.matchSubtrees();
        Function<Movable, String> nameAndClass = movable -> movable.name() + '\n' + movable.cls();
        renames.matchUnique(nameAndClass, nameAndClass);
        renames.matchSimilar(texts);
        return renames.found;
    }

    private static NavigableMap<String, Movable> byPath(Collection<Movable> side) {
        NavigableMap<String, Movable> paths = new TreeMap<>();
        side.forEach(movable -> paths.put(movable.path(), movable));
        return paths;
    }

    private void matchSubtrees() {
        Map<String, String> goneHashes = subtreeHashes(gone);
        Map<String, String> addedHashes = subtreeHashes(added);
        // the name breaks the tie between twins before content alone decides
        matchUnique(
                old -> old.name() + '\n' + goneHashes.get(old.path()),
                its -> its.name() + '\n' + addedHashes.get(its.path()));
        matchUnique(old -> goneHashes.getOrDefault(old.path(), ""), its -> addedHashes.getOrDefault(its.path(), ""));
    }

    /** Pairs what has a key that one object on each side has; shallow paths first. */
    private void matchUnique(Function<Movable, String> goneKey, Function<Movable, String> addedKey) {
        Map<String, List<Movable>> olds = grouped(gone, goneKey);
        Map<String, List<Movable>> news = grouped(added, addedKey);
        List<Movable> candidates = new ArrayList<>(added.values());
        candidates.sort((a, b) -> Integer.compare(depth(a.path()), depth(b.path())));
        for (Movable candidate : candidates) {
            String its = addedKey.apply(candidate);
            List<Movable> from = olds.getOrDefault(its, List.of());
            if (from.size() == 1 && news.getOrDefault(its, List.of()).size() == 1) {
                pair(from.getFirst(), candidate);
            }
        }
    }

    private static Map<String, List<Movable>> grouped(
            NavigableMap<String, Movable> side, Function<Movable, String> key) {
        Map<String, List<Movable>> groups = new HashMap<>();
        for (Movable movable : side.values()) {
            groups.computeIfAbsent(key.apply(movable), unused -> new ArrayList<>(1))
                    .add(movable);
        }
        return groups;
    }

    private void matchSimilar(Texts texts) throws IOException {
        if (gone.size() > SIMILAR_LIMIT || added.size() > SIMILAR_LIMIT) {
            return;
        }
        Map<String, List<String>> oldLines = new HashMap<>();
        for (String path : gone.keySet()) {
            oldLines.put(path, texts.gone(path));
        }
        Map<String, Best> bestOld = new HashMap<>();
        Map<String, Best> bestNew = new TreeMap<>();
        for (Movable candidate : added.values()) {
            List<String> lines = texts.added(candidate.path());
            for (Movable old : gone.values()) {
                if (old.cls().equals(candidate.cls())) {
                    int score = percentCommon(oldLines.getOrDefault(old.path(), List.of()), lines);
                    if (score >= SIMILAR_PERCENT) {
                        bestOld.computeIfAbsent(old.path(), unused -> new Best())
                                .offer(candidate.path(), score);
                        bestNew.computeIfAbsent(candidate.path(), unused -> new Best())
                                .offer(old.path(), score);
                    }
                }
            }
        }
        for (Map.Entry<String, Best> entry : bestNew.entrySet()) {
            String newPath = entry.getKey();
            String oldPath = entry.getValue().path;
            Best back = bestOld.get(oldPath);
            Movable old = gone.get(oldPath);
            Movable candidate = added.get(newPath);
            if (entry.getValue().alone
                    && back != null
                    && back.alone
                    && back.path.equals(newPath)
                    && old != null
                    && candidate != null) {
                pair(old, candidate);
            }
        }
    }

    /** The best partner so far, and whether no other is as good. */
    private static final class Best {
        String path = "";
        int score = -1;
        boolean alone;

        void offer(String other, int its) {
            if (its > score) {
                path = other;
                score = its;
                alone = true;
            } else if (its == score) {
                alone = false;
            }
        }
    }

    private void pair(Movable old, Movable candidate) {
        if (!gone.containsKey(old.path()) || !added.containsKey(candidate.path())) {
            return;
        }
        take(old.path(), candidate.path());
        String below = candidate.path() + '/';
        for (Movable child :
                List.copyOf(added.subMap(below, candidate.path() + '0').values())) {
            Movable twin = gone.get(old.path() + '/' + child.path().substring(below.length()));
            if (twin != null && twin.cls().equals(child.cls())) {
                take(twin.path(), child.path());
            }
        }
    }

    private void take(String oldPath, String newPath) {
        gone.remove(oldPath);
        added.remove(newPath);
        found.put(newPath, oldPath);
    }

    private static int depth(String path) {
        return (int) path.chars().filter(c -> c == '/').count();
    }

    /** Returns the percentage of lines that two texts have in common, a line as often as it stands in both. */
    static int percentCommon(List<String> a, List<String> b) {
        if (a.isEmpty() && b.isEmpty()) {
            return 100;
        }
        Map<String, Integer> counts = new HashMap<>();
        a.forEach(line -> counts.merge(line, 1, Integer::sum));
        long common = 0;
        for (String line : b) {
            Integer left = counts.get(line);
            if (left != null && left > 0) {
                counts.put(line, left - 1);
                common++;
            }
        }
        return (int) (200 * common / (a.size() + (long) b.size()));
    }

    private static Map<String, String> subtreeHashes(NavigableMap<String, Movable> side) {
        Map<String, MessageDigest> digests = new HashMap<>();
        Map<String, String> hashes = new HashMap<>();
        Set<String> tops = new HashSet<>(side.keySet());
        for (Movable movable : side.values()) {
            for (String path = movable.path();
                    !path.isEmpty();
                    path = path.substring(0, Math.max(0, path.lastIndexOf('/')))) {
                if (tops.contains(path)) {
                    MessageDigest digest = digests.computeIfAbsent(path, unused -> sha256());
                    digest.update(
                            movable.path().substring(path.length()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    digest.update((byte) 0);
                    digest.update(movable.cls().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    digest.update((byte) 0);
                    digest.update(movable.content().toArray());
                }
            }
        }
        digests.forEach((path, digest) -> hashes.put(path, HexFormat.of().formatHex(digest.digest())));
        return hashes;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
