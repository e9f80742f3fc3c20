package gitzodb.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * Which objects come from one tree, while all others come from another.
 *
 * @param tops the objects, each with what is below it; all if none is given
 * @param recurse false leaves out what is below the tops
 * @param kept objects that are not taken after all, nor anything below them
 * @param keptFiles files that no object has and that are left out
 */
public record Selection(List<ObjectPath> tops, boolean recurse, List<ObjectPath> kept, List<String> keptFiles) {
    public Selection {
        tops = List.copyOf(tops);
        kept = List.copyOf(kept);
        keptFiles = List.copyOf(keptFiles);
    }

    public static Selection of(List<ObjectPath> tops, boolean recurse) {
        List<ObjectPath> outer = new ArrayList<>();
        for (ObjectPath top : tops.isEmpty() ? List.of(ObjectPath.ROOT) : tops) {
            boolean inner = recurse && tops.stream().anyMatch(other -> !other.equals(top) && isAtOrBelow(top, other));
            if (!inner && !outer.contains(top)) {
                outer.add(top);
            }
        }
        return new Selection(outer, recurse, List.of(), List.of());
    }

    public boolean isAll() {
        return recurse && tops.equals(List.of(ObjectPath.ROOT)) && kept.isEmpty() && keptFiles.isEmpty();
    }

    public Selection without(List<ObjectPath> objects, List<String> files) {
        List<ObjectPath> allKept = new ArrayList<>(kept);
        allKept.addAll(objects);
        List<String> allFiles = new ArrayList<>(keptFiles);
        allFiles.addAll(files);
        return new Selection(tops, recurse, allKept, allFiles);
    }

    public boolean takes(ObjectPath path) {
        if (kept.stream().anyMatch(each -> isAtOrBelow(path, each))) {
            return false;
        }
        return tops.stream().anyMatch(top -> recurse ? isAtOrBelow(path, top) : path.equals(top));
    }

    public static boolean isAtOrBelow(ObjectPath path, ObjectPath top) {
        int depth = top.segments().size();
        return path.segments().size() >= depth
                && path.segments().subList(0, depth).equals(top.segments());
    }
}
