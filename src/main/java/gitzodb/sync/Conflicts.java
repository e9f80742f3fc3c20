package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.git.Repository;
import gitzodb.git.Unmerged;
import gitzodb.git.WorkTree;
import gitzodb.merge.Choice;
import gitzodb.merge.Conflict;
import gitzodb.merge.MergeFile;
import gitzodb.merge.Resolution;
import gitzodb.tree.ConflictMarkers;
import gitzodb.tree.FileNames;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a merge left in conflict in a work tree, and how it is settled. */
public final class Conflicts {
    private final WorkTree files;
    private final boolean dryRun;

    /**
     * Looks at a work tree.
     *
     * @param dryRun whether {@link #settle} only says what it would do
     */
    public Conflicts(Repository repository, boolean dryRun) throws RefusedException {
        this.dryRun = dryRun;
        if (repository.workTree().isEmpty()) {
            throw new RefusedException(repository.gitDirectory() + " has no work tree; conflicts are settled in one");
        }
        files = repository.files();
    }

    /**
     * A file in conflict.
     *
     * @param places of the XML, in order
     * @param reason what is wrong with the file as a whole; empty if it has places
     */
    public record Found(String path, List<Conflict> places, String reason) {}

    /** A file that was settled, or in which some conflicts are left. */
    public record Settled(String path, int left, boolean isGone) {}

    /** Returns the files in conflict, sorted. */
    public List<Found> list() throws IOException {
        List<Found> found = new ArrayList<>();
        for (Unmerged file : files.unmerged()) {
            List<Conflict> places = isXml(file.path()) && file.isTwoSided() ? places(file.path()) : List.of();
            found.add(new Found(file.path(), places, places.isEmpty() ? reason(file) : ""));
        }
        return found;
    }

    static boolean isXml(String path) {
        return path.endsWith(FileNames.XML);
    }

    static String reason(Unmerged file) {
        boolean ours = file.has(Unmerged.Version.OURS);
        if (file.isTwoSided()) {
            return isXml(file.path()) ? "settled in the file, not yet added" : "both sides changed it";
        }
        if (!file.has(Unmerged.Version.BASE)) {
            return ours ? "only our side has it, by a rename" : "only their side has it, by a rename";
        }
        if (!ours && !file.has(Unmerged.Version.THEIRS)) {
            return "both sides deleted or renamed it";
        }
        return ours ? "their side deleted what ours changed" : "our side deleted what theirs changed";
    }

    private List<Conflict> places(String path) throws IOException {
        Path file = files.root().resolve(path);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Conflict> places = new ArrayList<>();
        try {
            for (Element element : Conflict.in(XmlReader.readWithConflicts(path, read(file)))) {
                places.add(Conflict.read(element));
            }
        } catch (XmlFormatException e) {
            return List.of();
        } catch (IllegalArgumentException e) {
            throw new XmlFormatException(path, 0, 0, String.valueOf(e.getMessage()));
        }
        return places;
    }

    private static Bytes read(Path file) throws IOException {
        return Bytes.wrap(Files.readAllBytes(file));
    }

    /** Returns the files in conflict at a path from the top of the work tree, or below it; {@code ""} is all. */
    public List<Unmerged> at(String path) throws IOException {
        return files.unmerged().stream()
                .filter(file -> path.isEmpty()
                        || file.path().equals(path)
                        || file.path().startsWith(path + "/"))
                .toList();
    }

    /**
     * Settles a file by a choice; one that has no conflict left is added to the index.
     *
     * @param at the place of one conflict in XML; null for all
     */
    public Settled settle(Unmerged file, @Nullable String at, Choice choice) throws IOException {
        boolean isTwoSided = file.isTwoSided();
        if (isXml(file.path()) && isTwoSided) {
            return write(file.path(), Resolution.of(file.path(), content(file), at, choice));
        }
        if (at != null) {
            throw new RefusedException(file.path() + " is no XML with places; leave --at out");
        }
        if (isTwoSided && choice != Choice.BASE) {
            Optional<Bytes> lines = files.mergeLines(file, choice.text());
            if (lines.isPresent()) {
                return written(new Settled(file.path(), 0, false), lines.get());
            }
        }
        Unmerged.Version version = switch (choice) {
            case OURS -> Unmerged.Version.OURS;
            case THEIRS -> Unmerged.Version.THEIRS;
            case BASE -> Unmerged.Version.BASE;
            case UNION -> throw new RefusedException(file.path() + " has no union of its versions; choose one");
        };
        if (!dryRun) {
            files.take(file, version);
        }
        return new Settled(file.path(), 0, !file.has(version));
    }

    /** Settles one place of a file by a value given. */
    public Settled settle(Unmerged file, @Nullable String at, Element value) throws IOException {
        if (!isXml(file.path()) || !file.isTwoSided()) {
            throw new RefusedException(file.path() + " is no XML that both sides have; edit it and run 'git add'");
        }
        return write(file.path(), Resolution.of(file.path(), content(file), at, conflict -> Optional.of(value)));
    }

    /** Returns the file as the driver left it; merged again if git did not ask the driver and left marks of its own. */
    private Bytes content(Unmerged file) throws IOException {
        Bytes content = read(files.root().resolve(file.path()));
        if (!places(file.path()).isEmpty()) {
            return content;
        }
        if (ConflictMarkers.line(content) == 0) {
            throw new RefusedException(file.path() + " has no conflict left; run 'git add " + file.path() + "'");
        }
        return MergeFile.of(
                        file.path(),
                        files.read(file, Unmerged.Version.BASE),
                        files.read(file, Unmerged.Version.OURS),
                        files.read(file, Unmerged.Version.THEIRS),
                        new ConflictMarks(7, "ours", "base", "theirs"))
                .content();
    }

    private Settled write(String path, Resolution resolution) throws IOException {
        Bytes content = resolution.content();
        if (content == null) {
            if (!dryRun) {
                files.remove(path);
            }
            return new Settled(path, 0, true);
        }
        return written(new Settled(path, resolution.left(), false), content);
    }

    private Settled written(Settled settled, Bytes content) throws IOException {
        if (!dryRun) {
            AtomicFile.write(files.root().resolve(settled.path()), content);
            if (settled.left() == 0) {
                files.add(settled.path());
            }
        }
        return settled;
    }
}
