package gitzodb.load;

import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Placement;
import gitzodb.tree.Problems;
import gitzodb.tree.Segment;
import gitzodb.tree.Selection;
import gitzodb.xml.Element;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What is too far down to stand below what holds it (tree-format §4), in one or several trees. */
final class FarObjects {
    private static final String FOLDER = "@-far";

    private final Map<String, ObjectPath> holders = new TreeMap<>();

    private FarObjects() {}

    static FarObjects of(FileTree... trees) throws IOException {
        FarObjects far = new FarObjects();
        for (FileTree tree : trees) {
            for (FileTree.Entry entry : tree.list(FOLDER)) {
                boolean isFolder = entry.kind() == FileTree.Kind.FOLDER;
                String name = isFolder ? FileNames.join(entry.name(), FileNames.xml(FileNames.SELF)) : entry.name();
                far.read(tree, FileNames.join(FOLDER, name));
            }
        }
        return far;
    }

    /** What has no holder, or a strange one, is reported by whoever reads the file for what it says. */
    private void read(FileTree tree, String file) throws IOException {
        boolean isUnit = FileNames.isUnit(file) && tree.find(file).isPresent();
        Optional<ObjectPath> path = isUnit ? UnitFiles.pathOf(tree, file) : Optional.empty();
        Optional<String> holder = path.isPresent()
                ? new TreeWalk(tree, new Problems()).element(file).map(FarObjects::holder)
                : Optional.empty();
        if (holder.isEmpty() || holder.get().isEmpty()) {
            return;
        }
        try {
            holders.putIfAbsent(
                    path.get().toString(), ObjectPath.parse(holder.get()).owner());
        } catch (IllegalArgumentException noPath) {
            return;
        }
    }

    private static String holder(Element element) {
        String holder = element.get(Placement.HOLDER);
        return holder == null ? "" : holder;
    }

    /** Returns what holds an object whose path does not say it. */
    Optional<ObjectPath> holder(ObjectPath path) {
        return Optional.ofNullable(holders.get(path.toString()));
    }

    /** Returns a selection that has what is far below its objects among them. */
    Selection extend(Selection selection) {
        return holders.isEmpty()
                ? selection
                : new Selection(
                        selection.recurse() ? withFar(selection.tops()) : selection.tops(),
                        selection.recurse(),
                        withFar(selection.kept()),
                        selection.keptFiles());
    }

    private List<ObjectPath> withFar(List<ObjectPath> tops) {
        Set<ObjectPath> all = new LinkedHashSet<>(tops);
        for (String far : holders.keySet()) {
            ObjectPath path = ObjectPath.parse(far);
            if (!tops.contains(ObjectPath.ROOT) && tops.stream().anyMatch(top -> isBelow(path, top))) {
                all.add(path);
            }
        }
        return new ArrayList<>(all);
    }

    private boolean isBelow(ObjectPath far, ObjectPath top) {
        Optional<ObjectPath> at = Optional.of(far);
        // A tree that is wrong may have a circle of holders.
        for (int steps = 0; at.isPresent() && steps <= holders.size(); steps++) {
            if (Selection.isAtOrBelow(at.get(), top)) {
                return true;
            }
            at = at.get().isBelowFar() ? holder(first(at.get())) : Optional.empty();
        }
        return false;
    }

    private static ObjectPath first(ObjectPath path) {
        List<Segment> segments = path.segments();
        return new ObjectPath(segments.subList(0, Math.min(2, segments.size())), List.of());
    }
}
