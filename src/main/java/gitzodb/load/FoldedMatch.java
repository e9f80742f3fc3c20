package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.load.FoldedObjects.Folded;
import gitzodb.tree.HolderShape;
import gitzodb.zodb.Label;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells which folded objects of a file are which of the file as the database has it. What is held by an attribute or a key
 * is the object that was held by it. An item of a list is the one with its own id, else an equal one, else the one most
 * like it, else the one that was in its place. What has no partner then may have been held by another key.
 */
final class FoldedMatch {
    /** Stands for every place in a list. */
    private static final Step ANY = new Step.Position(-1);

    private final FoldedTexts oldTexts;
    private final FoldedTexts newTexts;
    private final Map<Integer, Integer> found = new HashMap<>();
    private final Set<Integer> taken = new HashSet<>();

    private FoldedMatch(FoldedTexts oldTexts, FoldedTexts newTexts) {
        this.oldTexts = oldTexts;
        this.newTexts = newTexts;
    }

    /** Returns the old path of each new folded object that has one. */
    static Map<String, String> of(List<Folded> olds, FoldedTexts oldTexts, List<Folded> news, FoldedTexts newTexts)
            throws IOException {
        FoldedMatch match = new FoldedMatch(oldTexts, newTexts);
        Map<Integer, List<Folded>> oldByHolder = byHolder(olds);
        match.found.put(0, 0);
        // A holder has a lower number than what it holds, so its partner is known by then.
        for (Map.Entry<Integer, List<Folded>> holder : byHolder(news).entrySet()) {
            Integer oldHolder = match.found.get(holder.getKey());
            if (oldHolder != null) {
                match.match(oldByHolder.getOrDefault(oldHolder, List.of()), holder.getValue());
            }
        }
        Map<Integer, String> oldPaths = new HashMap<>();
        olds.forEach(old -> oldPaths.put(old.number(), old.path()));
        Map<String, String> paths = new HashMap<>();
        for (Folded its : news) {
            Integer old = match.found.get(its.number());
            if (old != null) {
                paths.put(its.path(), oldPaths.getOrDefault(old, ""));
            }
        }
        return paths;
    }

    private static SortedMap<Integer, List<Folded>> byHolder(List<Folded> objects) {
        SortedMap<Integer, List<Folded>> held = new TreeMap<>();
        for (Folded object : objects) {
            held.computeIfAbsent(object.holder(), unused -> new ArrayList<>()).add(object);
        }
        return held;
    }

    /** Pairs what one object holds. */
    private void match(List<Folded> olds, List<Folded> news) throws IOException {
        Map<Label, List<Folded>> oldLists = byList(olds);
        for (Map.Entry<Label, List<Folded>> list : byList(news).entrySet()) {
            List<Folded> others = oldLists.getOrDefault(list.getKey(), List.of());
            boolean isList = list.getKey().steps().contains(ANY);
            if (isList) {
                matchItems(others, list.getValue());
            } else if (!others.isEmpty()) {
                pair(others.getFirst(), list.getValue().getFirst());
            }
        }
        matchSimilar(olds, news);
    }

    /** Puts items of one list, or of lists in one list, together. */
    private static Map<Label, List<Folded>> byList(List<Folded> objects) {
        Map<Label, List<Folded>> lists = new LinkedHashMap<>();
        for (Folded object : objects) {
            Label list = new Label(object.label().steps().stream()
                    .map(step -> step instanceof Step.Position ? ANY : step)
                    .toList());
            lists.computeIfAbsent(list, unused -> new ArrayList<>()).add(object);
        }
        return lists;
    }

    private void matchItems(List<Folded> olds, List<Folded> news) throws IOException {
        if (olds.isEmpty()) {
            return;
        }
        matchIds(olds, news);
        matchPlaces(olds, news, (old, its) -> oldTexts.of(old).equals(newTexts.of(its)));
        matchEqual(olds, news);
        matchSimilar(olds, news);
        matchPlaces(olds, news, FoldedMatch::isOfOneClass);
    }

    private void matchIds(List<Folded> olds, List<Folded> news) {
        Map<String, List<Folded>> oldIds = byId(olds);
        byId(news).forEach((id, its) -> {
            List<Folded> others = oldIds.getOrDefault(id, List.of());
            if (its.size() == 1 && others.size() == 1 && isOfOneClass(others.getFirst(), its.getFirst())) {
                pair(others.getFirst(), its.getFirst());
            }
        });
    }

    private static Map<String, List<Folded>> byId(List<Folded> objects) {
        Map<String, List<Folded>> ids = new LinkedHashMap<>();
        for (Folded object : objects) {
            String id = FoldedTexts.id(object);
            if (id != null) {
                ids.computeIfAbsent(id, unused -> new ArrayList<>()).add(object);
            }
        }
        return ids;
    }

    private interface Likeness {
        boolean test(Folded old, Folded its) throws IOException;
    }

    private void matchPlaces(List<Folded> olds, List<Folded> news, Likeness likeness) throws IOException {
        Map<Label, Folded> places = new HashMap<>();
        open(olds, taken).forEach(old -> places.put(old.label(), old));
        for (Folded its : open(news, found.keySet())) {
            Folded old = places.get(its.label());
            if (old != null && likeness.test(old, its)) {
                pair(old, its);
            }
        }
    }

    /** Pairs equal objects, in their order if there are several. */
    private void matchEqual(List<Folded> olds, List<Folded> news) throws IOException {
        Map<String, Deque<Folded>> byText = new HashMap<>();
        for (Folded old : open(olds, taken)) {
            byText.computeIfAbsent(oldTexts.of(old), unused -> new ArrayDeque<>())
                    .add(old);
        }
        for (Folded its : open(news, found.keySet())) {
            Deque<Folded> equal = byText.get(newTexts.of(its));
            Folded old = equal == null ? null : equal.poll();
            if (old != null) {
                pair(old, its);
            }
        }
    }

    private void matchSimilar(List<Folded> olds, List<Folded> news) throws IOException {
        Map<String, Folded> gone = new HashMap<>();
        Map<String, Folded> added = new HashMap<>();
        open(olds, taken).forEach(old -> gone.put("/" + old.number() + "/old", old));
        open(news, found.keySet()).forEach(its -> added.put("/" + its.number() + "/new", its));
        if (gone.isEmpty() || added.isEmpty()) {
            return;
        }
        Renames.Texts texts = new Renames.Texts() {
            @Override
            public List<String> gone(String path) throws IOException {
                return oldTexts.lines(Objects.requireNonNull(gone.get(path)));
            }

            @Override
            public List<String> added(String path) throws IOException {
                return newTexts.lines(Objects.requireNonNull(added.get(path)));
            }
        };
        Renames.find(movables(gone, oldTexts), movables(added, newTexts), texts)
                .forEach((newPath, oldPath) ->
                        pair(Objects.requireNonNull(gone.get(oldPath)), Objects.requireNonNull(added.get(newPath))));
    }

    private static List<Movable> movables(Map<String, Folded> objects, FoldedTexts texts) throws IOException {
        List<Movable> movables = new ArrayList<>();
        for (Map.Entry<String, Folded> object : objects.entrySet()) {
            Bytes hash = Bytes.wrap(
                    Renames.sha256().digest(texts.of(object.getValue()).getBytes(StandardCharsets.ISO_8859_1)));
            movables.add(new Movable(
                    object.getKey(), HolderShape.cls(object.getValue().element()), hash));
        }
        return movables;
    }

    private static boolean isOfOneClass(Folded old, Folded its) {
        return HolderShape.cls(old.element()).equals(HolderShape.cls(its.element()));
    }

    private static List<Folded> open(List<Folded> objects, Set<Integer> paired) {
        return objects.stream()
                .filter(object -> !paired.contains(object.number()))
                .toList();
    }

    private void pair(Folded old, Folded its) {
        taken.add(old.number());
        found.put(its.number(), old.number());
    }
}
