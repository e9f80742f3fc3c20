package gitzodb.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Names the folders of Plone whose children came or went while their order stayed: it is in their annotations, beside the
 * list of children, and Plone shows nothing that is not in it.
 */
final class OrderNotes {
    private static final String ORDER = "#@__annotations__/plone.folder.ordered.order";

    private OrderNotes() {}

    /** @param exists tells whether there is an object at a path of the tree */
    static List<LoadResult.StaleNote> of(Collection<StaleNotes.Written> written, Predicate<String> exists) {
        Set<String> paths = written.stream().map(StaleNotes.Written::path).collect(Collectors.toSet());
        SortedMap<String, List<StaleNotes.Written>> byFolder = new TreeMap<>();
        for (StaleNotes.Written object : written) {
            if (object.isElsewhere() && object.path().indexOf('#') < 0) {
                String from = object.oldPath();
                for (String folder :
                        new TreeSet<>(List.of(folder(object.path()), folder(from == null ? object.path() : from)))) {
                    if (!paths.contains(folder + ORDER) && exists.test(folder + ORDER)) {
                        byFolder.computeIfAbsent(folder, key -> new ArrayList<>())
                                .add(object);
                    }
                }
            }
        }
        List<LoadResult.StaleNote> notes = new ArrayList<>();
        byFolder.forEach((folder, objects) -> notes.add(new LoadResult.StaleNote(
                folder,
                "its order, which did not change with " + StaleNotes.count(objects),
                "getOrdering().notifyAdded(ID), or notifyRemoved(ID)")));
        return notes;
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }
}
