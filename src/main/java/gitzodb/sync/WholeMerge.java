package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.files.AtomicFile;
import gitzodb.git.DrivenMerge;
import gitzodb.git.GitConfig;
import gitzodb.git.GitResult;
import gitzodb.git.Repository;
import gitzodb.git.Unmerged;
import gitzodb.merge.Choice;
import gitzodb.merge.ChoiceException;
import gitzodb.merge.Conflict;
import gitzodb.merge.Merge;
import gitzodb.merge.MergeFile;
import gitzodb.merge.Resolution;
import gitzodb.tree.FileNames;
import gitzodb.tree.Problem;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Merges a revision into the branch that is checked out: git the trees and natural files, this the XML, all of it in one
 * process. A merge without conflicts is checked as a whole before it is committed: two sides that are sound each may not
 * be so together.
 */
public final class WholeMerge {
    /** How a merge ended. */
    public enum Outcome {
        UP_TO_DATE,
        FAST_FORWARD,
        MERGED,
        /** Files are in conflict. */
        CONFLICTS,
        /** No file is in conflict, but the tree has faults that our side has not; nothing is committed. */
        UNSOUND
    }

    /**
     * What a merge did, or would do.
     *
     * @param merged how many files of XML both sides had changed
     * @param said what git and its hooks had to say
     */
    public record Result(
            Outcome outcome, int merged, List<Conflicts.Found> conflicts, List<Problem> problems, String said) {
        static Result of(Outcome outcome) {
            return new Result(outcome, 0, List.of(), List.of(), "");
        }
    }

    private final Repository repository;
    private final ClassFormats formats;
    private final Optional<Choice> favor;
    private final ConflictMarks marks;

    /**
     * Prepares a merge.
     *
     * @param favor which value stays where there is a conflict of values or lines
     * @param theirs what the other side is called in conflicts
     */
    public WholeMerge(Repository repository, ClassFormats formats, Optional<Choice> favor, String theirs) {
        this.repository = repository;
        this.formats = formats;
        this.favor = favor;
        this.marks = new ConflictMarks(7, "HEAD", "base", theirs);
    }

    /** Returns whether our driver is in force in a repository, so that XML is never merged by lines. */
    static boolean isPossible(Repository repository) throws IOException {
        return DrivenMerge.in(repository, "any" + FileNames.XML).isPresent();
    }

    /**
     * Merges a commit.
     *
     * @param follow whether the database follows, by our hooks
     */
    public Result run(ObjectId commit, String message, boolean follow) throws IOException {
        ObjectId head = head();
        UnfinishedMerge unfinished = new UnfinishedMerge(repository);
        if (unfinished.isOf(head, commit)) {
            return goOn(unfinished, follow);
        }
        Standstill.require(repository, "merge");
        Optional<Outcome> easy = easy(head, commit);
        if (easy.isPresent()) {
            if (easy.get() == Outcome.FAST_FORWARD) {
                refuse(DrivenMerge.forward(repository, commit));
            }
            return Result.of(easy.get());
        }
        Optional<String> lines = favor.filter(choice -> choice == Choice.OURS || choice == Choice.THEIRS)
                .map(Choice::text);
        unfinished.begin(head, commit);
        GitResult begun = driven().begin(commit, message, lines);
        if (!unfinished.isUnderWay()) {
            unfinished.end();
            refuse(begun);
        }
        Result result = end(contents(repository.files().unmerged()), head, follow);
        unfinished.end();
        return result;
    }

    /** Goes on where a run of before was killed. */
    Result goOn(UnfinishedMerge unfinished, boolean follow) throws IOException {
        Contents contents = contents(repository.files().unmerged());
        contents.clean.entrySet().removeIf(unfinished::isTouched);
        contents.conflicting.entrySet().removeIf(unfinished::isTouched);
        Result result = end(contents, head(), follow);
        unfinished.end();
        return result;
    }

    private Result end(Contents contents, ObjectId head, boolean follow) throws IOException {
        DrivenMerge merge = driven();
        merge.settle(contents.clean);
        for (Map.Entry<Unmerged, Bytes> file : contents.conflicting.entrySet()) {
            AtomicFile.write(repository.files().root().resolve(file.getKey().path()), file.getValue());
        }
        unite();
        List<Conflicts.Found> conflicts = new Conflicts(repository, false).list();
        if (!conflicts.isEmpty()) {
            return new Result(Outcome.CONFLICTS, contents.clean.size(), conflicts, List.of(), contents.unreadable());
        }
        List<Problem> problems = problems(head);
        if (!problems.isEmpty()) {
            return new Result(Outcome.UNSOUND, contents.clean.size(), List.of(), problems, "");
        }
        GitResult committed = merge.commit(follow);
        refuse(committed);
        return new Result(Outcome.MERGED, contents.clean.size(), List.of(), List.of(), committed.errors());
    }

    /** Finds out what would come of a merge, and changes nothing. */
    public Result preview(ObjectId commit) throws IOException {
        Standstill.require(repository, "merge");
        ObjectId head = head();
        Optional<Outcome> easy = easy(head, commit);
        if (easy.isPresent()) {
            return Result.of(easy.get());
        }
        List<Unmerged> unmerged = driven().preview(head, commit);
        Contents contents = contents(unmerged);
        List<Conflicts.Found> conflicts = new ArrayList<>();
        for (Unmerged file : unmerged) {
            List<Conflict> places = contents.places.getOrDefault(file, List.of());
            if (!contents.clean.containsKey(file) && !isFavored(file)) {
                String reason = places.isEmpty() ? Conflicts.reason(file) : "";
                conflicts.add(new Conflicts.Found(file.path(), places, reason));
            }
        }
        Outcome outcome = conflicts.isEmpty() ? Outcome.MERGED : Outcome.CONFLICTS;
        return new Result(outcome, contents.clean.size(), conflicts, List.of(), contents.unreadable());
    }

    private boolean isFavored(Unmerged file) {
        return favor.isPresent() && file.isTwoSided() && !Conflicts.isXml(file.path());
    }

    private ObjectId head() throws IOException {
        return repository
                .head()
                .commit()
                .orElseThrow(() -> new RefusedException("the branch has no commit yet; nothing to merge into"));
    }

    private Optional<Outcome> easy(ObjectId head, ObjectId commit) throws IOException {
        if (repository.commits().isAncestor(commit, head)) {
            return Optional.of(Outcome.UP_TO_DATE);
        }
        return repository.commits().isAncestor(head, commit) ? Optional.of(Outcome.FAST_FORWARD) : Optional.empty();
    }

    private DrivenMerge driven() throws IOException {
        return DrivenMerge.in(repository, "any" + FileNames.XML)
                .orElseThrow(
                        () -> new RefusedException("the merge driver is not installed here; run 'git zodb install'"));
    }

    private static void refuse(GitResult result) throws RefusedException {
        if (!result.succeeded()) {
            throw new RefusedException("git did not merge: " + result.reason()
                    + "; commit your changes, or mend what it names, and merge again");
        }
    }

    /** What became of files that both sides have. */
    private static final class Contents {
        final Map<Unmerged, Bytes> clean = new LinkedHashMap<>();
        final Map<Unmerged, Bytes> conflicting = new LinkedHashMap<>();
        final Map<Unmerged, List<Conflict>> places = new LinkedHashMap<>();
        final List<String> failures = new ArrayList<>();

        String unreadable() {
            return String.join("\n", failures);
        }
    }

    private Contents contents(List<Unmerged> unmerged) throws IOException {
        Contents contents = new Contents();
        for (Unmerged file : unmerged) {
            if (Conflicts.isXml(file.path()) && file.isTwoSided()) {
                try {
                    merge(file, contents);
                } catch (XmlFormatException | ChoiceException e) {
                    contents.failures.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return contents;
    }

    private void merge(Unmerged file, Contents contents) throws IOException {
        MergeFile merged = MergeFile.of(
                file.path(),
                blob(file, Unmerged.Version.BASE),
                blob(file, Unmerged.Version.OURS),
                blob(file, Unmerged.Version.THEIRS),
                marks);
        Bytes content = merged.content();
        if (merged.merge() instanceof Merge.Clean) {
            contents.clean.put(file, content);
            return;
        }
        if (favor.isPresent()) {
            try {
                Bytes chosen =
                        Resolution.of(file.path(), content, null, favor.get()).content();
                if (chosen != null) {
                    contents.clean.put(file, chosen);
                    return;
                }
            } catch (ChoiceException e) {
                contents.failures.add(file.path() + ": " + e.getMessage());
            }
        }
        contents.conflicting.put(file, content);
        List<Conflict> places = new ArrayList<>();
        for (Element conflict : Conflict.in(merged.merge().tree())) {
            places.add(Conflict.read(conflict));
        }
        contents.places.put(file, places);
    }

    private Bytes blob(Unmerged file, Unmerged.Version version) throws IOException {
        ObjectId id = file.versions().get(version);
        return id == null ? Bytes.EMPTY : repository.blob(id);
    }

    /** Natural files are united afterwards: git has no such option for a merge. */
    private void unite() throws IOException {
        if (favor.filter(choice -> choice == Choice.UNION).isEmpty()) {
            return;
        }
        Conflicts conflicts = new Conflicts(repository, false);
        for (Unmerged file : repository.files().unmerged()) {
            if (file.isTwoSided() && !Conflicts.isXml(file.path())) {
                conflicts.settle(file, null, Choice.UNION);
            }
        }
    }

    /** Returns what is wrong with the trees of databases here and was not so at a commit. */
    private List<Problem> problems(ObjectId before) throws IOException {
        GitConfig config = GitConfig.read(repository.git());
        List<Problem> found = new ArrayList<>();
        for (String name : BoundDatabase.names(config)) {
            String path = config.find("zodb." + name + ".path").orElse("");
            Path folder = repository.files().root().resolve(path);
            if (path.isEmpty() || !Files.exists(folder.resolve(FileNames.SETTINGS))) {
                continue;
            }
            List<Problem> now = CheckedTree.inFolder(formats, folder).problems();
            if (!now.isEmpty()) {
                Set<String> known = new HashSet<>();
                CheckedTree.problems(formats, repository, before, path).forEach(each -> known.add(key(each)));
                now.stream().filter(each -> !known.contains(key(each))).forEach(each -> found.add(each.in(path)));
            }
        }
        return found;
    }

    private static String key(Problem problem) {
        return problem.file() + '\0' + problem.object() + '\0' + problem.message();
    }
}
