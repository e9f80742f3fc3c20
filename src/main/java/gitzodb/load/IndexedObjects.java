package gitzodb.load;

import gitzodb.pickle.Value;
import gitzodb.tree.IntColumn;
import gitzodb.tree.PathTable;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a tree by path, in about 100 bytes each: their number in the order of the files, their class, the file of
 * those that have one, and where each path is listed or referred to.
 */
final class IndexedObjects {
    private final PathTable paths = new PathTable();
    private final PathTable files = new PathTable();

    // All from 1 on, by the number of the path; 0 for none.
    private final IntColumn numbers = new IntColumn();
    private final IntColumn metas = new IntColumn();
    private final IntColumn unitFiles = new IntColumn();
    private final IntColumn firstNumbers = new IntColumn();

    /** By the number of the object. */
    private final IntColumn pathsOfNumbers = new IntColumn();

    private final Mentions listed = new Mentions();
    private final Mentions referred = new Mentions();
    private final List<ClassMeta> differentMetas = new ArrayList<>();
    private final Map<ClassMeta, Integer> usualMetas = new HashMap<>();
    private int count;

    /** A mention of a path: who says it, and where. */
    record Mention(String path, String file, int line, String object) {}

    /** Takes mentions. */
    @FunctionalInterface
    interface MentionVisitor {
        void visit(Mention mention);
    }

    /** Begins an object with a file; returns its number, behind which those of the objects folded into it follow. */
    int unit(String path, String file) {
        int at = paths.add(path);
        unitFiles.set(at, files.add(file) + 1);
        firstNumbers.set(at, count + 1);
        return next();
    }

    /** Counts one more object; returns its number. */
    int next() {
        return count++;
    }

    /** Returns how many numbers were given. */
    int count() {
        return count;
    }

    /** Says where an object is and what; false if there is one already. */
    boolean define(String path, int number, ClassMeta meta) {
        int at = paths.add(path);
        pathsOfNumbers.set(number, at + 1);
        if (numbers.get(at) != 0) {
            return false;
        }
        numbers.set(at, number + 1);
        metas.set(at, number(meta) + 1);
        return true;
    }

    private int number(ClassMeta meta) {
        boolean usual = meta.args() == null && meta.cls() instanceof Value.Global;
        Integer known = usual ? usualMetas.get(meta) : null;
        if (known != null) {
            return known;
        }
        int number = differentMetas.size();
        differentMetas.add(meta);
        if (usual) {
            usualMetas.put(meta, number);
        }
        return number;
    }

    /** Takes note that an object lists a child; false if the child is listed already. */
    boolean list(String child, String object, String file, int line) {
        return listed.add(paths.add(child), paths.add(object), files.add(file), line);
    }

    /** Takes note that an object refers to a path. */
    void refer(String path, String object, String file, int line) {
        referred.add(paths.add(path), paths.add(object), files.add(file), line);
    }

    /** Returns the number of an object, -1 if there is none. */
    int number(String path) {
        int at = paths.find(path);
        return at < 0 ? -1 : numbers.get(at) - 1;
    }

    /** Returns the number of an object with a file, -1 if there is none. */
    int unitNumber(String path) {
        int at = paths.find(path);
        return at < 0 ? -1 : firstNumbers.get(at) - 1;
    }

    @Nullable
    ClassMeta meta(String path) {
        int at = paths.find(path);
        return at < 0 || metas.get(at) == 0 ? null : differentMetas.get(metas.get(at) - 1);
    }

    /** Returns the path of an object by its number; null if it could not be read. */
    @Nullable
    String path(int number) {
        int at = pathsOfNumbers.get(number);
        return at == 0 ? null : paths.path(at - 1);
    }

    /** Returns the XML file of an object; null if it has none. */
    @Nullable
    String file(String path) {
        int at = paths.find(path);
        return at < 0 || unitFiles.get(at) == 0 ? null : files.path(unitFiles.get(at) - 1);
    }

    /** Visits where children are listed that have no file. */
    void listedWithoutFile(MentionVisitor visitor) {
        visit(listed, at -> unitFiles.get(at) == 0, visitor);
    }

    /** Visits where something refers to what is not there. */
    void referredAndAbsent(MentionVisitor visitor) {
        visit(referred, at -> numbers.get(at) == 0, visitor);
    }

    private void visit(Mentions mentions, IntPredicate which, MentionVisitor visitor) {
        for (int at = 0; at < paths.size(); at++) {
            if (mentions.has(at) && which.test(at)) {
                visitor.visit(new Mention(
                        paths.path(at),
                        files.path(mentions.file(at)),
                        mentions.line(at),
                        paths.path(mentions.object(at))));
            }
        }
    }

    /** Returns the objects with a file that nothing lists. */
    Set<String> unlisted() {
        return new PathSet(at -> unitFiles.get(at) != 0 && !listed.has(at));
    }

    /** Returns all objects. */
    Set<String> all() {
        return new PathSet(at -> numbers.get(at) != 0);
    }

    /** Returns the objects with a file. */
    Set<String> units() {
        return new PathSet(at -> unitFiles.get(at) != 0);
    }

    /** Returns what objects list as their children. */
    Set<String> listed() {
        return new PathSet(listed::has);
    }

    /** Returns the objects of some classes. */
    Set<String> of(Set<ClassName> classes) {
        BitSet wanted = new BitSet();
        for (int i = 0; i < differentMetas.size(); i++) {
            wanted.set(i + 1, classes.contains(differentMetas.get(i).name()));
        }
        return new PathSet(at -> wanted.get(metas.get(at)));
    }

    /** Some of the paths, in the order in which they were met. */
    private final class PathSet extends AbstractSet<String> {
        private final IntPredicate has;

        PathSet(IntPredicate has) {
            this.has = has;
        }

        private IntStream numbers() {
            return IntStream.range(0, paths.size()).filter(has);
        }

        @Override
        public boolean contains(@Nullable Object path) {
            int at = path instanceof String text ? paths.find(text) : -1;
            return at >= 0 && has.test(at);
        }

        @Override
        public Iterator<String> iterator() {
            return numbers().mapToObj(paths::path).iterator();
        }

        @Override
        public int size() {
            return Math.toIntExact(numbers().count());
        }
    }
}
