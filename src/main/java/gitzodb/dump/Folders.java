package gitzodb.dump;

import gitzodb.tree.FileNames;
import gitzodb.tree.Place;
import gitzodb.tree.Placement;
import gitzodb.tree.Segment;
import gitzodb.tree.Siblings;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Where the files of an object with a file are. */
public final class Folders {
    private final Placement placement;
    private final Owners owners;
    private final Siblings siblings;
    private final Map<List<Segment>, String> folders = new HashMap<>();

    /** Tells whether the object at a path, if one with a file is there, needs another folder name than its own. */
    @FunctionalInterface
    interface Owners {
        boolean hasSourceFile(List<Segment> path);
    }

    Folders(Placement placement, Owners owners, Siblings siblings) {
        this.placement = placement;
        this.owners = owners;
        this.siblings = siblings;
    }

    void forget() {
        folders.clear();
    }

    /**
     * Where one object's files are.
     *
     * @param folder the folder, empty for the tree folder
     * @param stem what their names begin with
     * @param segment the object's last segment; an empty one for the root
     * @param siblings tells whether a fold stands beside the object
     */
    record Spot(String folder, String stem, Segment segment, Predicate<String> siblings) {
        String file(String name) {
            return folder.isEmpty() ? name : folder + '/' + name;
        }
    }

    Spot spot(Place place) {
        List<Segment> path = place.path().segments();
        if (path.isEmpty()) {
            return new Spot("", FileNames.SELF, Segment.plain(""), fold -> false);
        }
        List<Segment> above = path.subList(0, path.size() - 1);
        Segment segment = path.getLast();
        if (isFolder(place.oid())) {
            return new Spot(folder(path), FileNames.SELF, segment, fold -> false);
        }
        String stem = segment.name(siblings.isTwin(above, segment));
        return new Spot(folder(above), stem, segment, siblings.in(above));
    }

    private boolean isFolder(Oid oid) {
        ClassName name = placement.className(oid);
        return name != null && placement.isFolder(name);
    }

    /** Returns the folder for what is below a path. */
    private String folder(List<Segment> path) {
        Deque<List<Segment>> open = new ArrayDeque<>();
        String folder = "";
        for (int size = path.size(); size > 0; size--) {
            List<Segment> prefix = path.subList(0, size);
            String known = folders.get(prefix);
            if (known != null) {
                folder = known;
                break;
            }
            open.push(prefix);
        }
        for (List<Segment> prefix : open) {
            List<Segment> above = prefix.subList(0, prefix.size() - 1);
            String stem = prefix.getLast().name(siblings.isTwin(above, prefix.getLast()));
            String name = FileNames.folder(stem, owners.hasSourceFile(prefix));
            folder = folder.isEmpty() ? name : folder + '/' + name;
            folders.put(new ArrayList<>(prefix), folder);
        }
        return folder;
    }
}
