package gitzodb.load;

import gitzodb.classes.ClassFormats;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.MixedTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problem;
import gitzodb.tree.Selection;
import gitzodb.tree.TreeSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A load of selected objects, all or nothing, or, if errors are to be skipped, of those that are sound: an object that
 * is not stays as it is in the database, with all below it, and so does what needs it.
 */
public final class PartLoad {
    /**
     * What became of it.
     *
     * @param skipped what is wrong with the objects that were left as they are
     */
    public record Outcome(LoadResult loaded, List<Problem> skipped) {
        public Outcome {
            skipped = List.copyOf(skipped);
        }
    }

    /** Loads a tree; a {@link BadTreeException} says that nothing was written. */
    @FunctionalInterface
    public interface Attempt {
        LoadResult load(MixedTree tree) throws IOException;
    }

    private final FileTree base;
    private final FileTree other;
    private final ClassFormats formats;
    private final TreeSettings settings;

    /**
     * @param base what the database holds
     * @param other the tree that the selected objects come from
     */
    public PartLoad(FileTree base, FileTree other, ClassFormats formats, TreeSettings settings) {
        this.base = base;
        this.other = other;
        this.formats = settings.formats(formats);
        this.settings = settings;
    }

    public Outcome run(Selection wanted, boolean skipErrors, Attempt attempt) throws IOException {
        FarObjects far = FarObjects.of(base, other);
        Selection selection = far.extend(wanted);
        List<Problem> skipped = new ArrayList<>();
        while (true) {
            try {
                return new Outcome(attempt.load(Graft.of(base, other, selection, far, formats, settings)), skipped);
            } catch (BadTreeException bad) {
                Optional<Selection> less = skipErrors ? without(selection, bad.problems(), skipped) : Optional.empty();
                if (less.isEmpty()) {
                    throw bad;
                }
                selection = far.extend(less.get());
            }
        }
    }

    /** Returns a selection without the objects that have a problem; empty if that would be none, or not less. */
    private Optional<Selection> without(Selection selection, List<Problem> problems, List<Problem> skipped)
            throws IOException {
        // What holds an object that cannot be read, or refers to it, may be sound once that one is left alone.
        List<Problem> first = problems.stream().filter(PartLoad::isUnreadable).toList();
        Set<ObjectPath> objects = new LinkedHashSet<>();
        Set<String> files = new LinkedHashSet<>();
        for (Problem problem : first.isEmpty() ? problems : first) {
            Optional<ObjectPath> object = object(problem);
            boolean stray = object.isEmpty() && !problem.file().isEmpty();
            boolean isNew = object.isPresent()
                    ? selection.takes(object.get()) && objects.add(object.get())
                    : stray && !selection.keptFiles().contains(problem.file()) && files.add(problem.file());
            if (isNew || (object.isPresent() && objects.contains(object.get()))) {
                skipped.add(problem);
            }
        }
        Selection less = selection.without(List.copyOf(objects), List.copyOf(files));
        boolean any = selection.tops().stream().anyMatch(less::takes);
        return any && !(objects.isEmpty() && files.isEmpty()) ? Optional.of(less) : Optional.empty();
    }

    private static boolean isUnreadable(Problem problem) {
        return problem.object().isEmpty() && problem.file().endsWith(FileNames.XML);
    }

    private Optional<ObjectPath> object(Problem problem) throws IOException {
        if (!problem.object().isEmpty()) {
            return Optional.of(ObjectPath.parse(problem.object()).owner());
        }
        return isUnreadable(problem) ? UnitFiles.pathOf(other, problem.file()) : Optional.empty();
    }
}
