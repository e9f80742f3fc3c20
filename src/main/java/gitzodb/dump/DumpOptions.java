package gitzodb.dump;

import gitzodb.tree.ObjectPath;
import java.util.List;

/**
 * What a full dump writes.
 *
 * @param paths objects to write, with what is below them; none for all
 * @param recurse false leaves out what is below the paths
 * @param skipErrors true goes on after an object that cannot be written
 * @param countUnreachable true looks at every object of the storage, which takes as long as reading it
 */
public record DumpOptions(List<ObjectPath> paths, boolean recurse, boolean skipErrors, boolean countUnreachable) {
    public static final DumpOptions ALL = new DumpOptions(List.of(), true, false, false);

    public DumpOptions {
        paths = List.copyOf(paths);
    }

    boolean wants(ObjectPath path) {
        if (paths.isEmpty()) {
            return recurse || path.isRoot();
        }
        for (ObjectPath wanted : paths) {
            boolean below = path.segments().size() > wanted.segments().size()
                    && path.segments().subList(0, wanted.segments().size()).equals(wanted.segments());
            if (path.segments().equals(wanted.segments()) || (recurse && below)) {
                return true;
            }
        }
        return false;
    }
}
