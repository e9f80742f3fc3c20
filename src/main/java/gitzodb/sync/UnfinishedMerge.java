package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.git.Operation;
import gitzodb.git.Repository;
import gitzodb.git.Unmerged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A note that a {@link WholeMerge} began and did not end yet: git's part of it is several commands, and a kill between them
 * leaves a merge under way that nobody asked for. The next one goes on with it.
 */
final class UnfinishedMerge {
    private final Repository repository;
    private final Path file;

    UnfinishedMerge(Repository repository) {
        this.repository = repository;
        // No database has a name with a dot.
        this.file = repository.gitDirectory().resolve("zodb").resolve("merge.unfinished");
    }

    /** Returns whether the merge that is under way in the repository is one that was begun here and not ended. */
    boolean isThere() throws IOException {
        Optional<ObjectId> head = repository.head().commit();
        Optional<ObjectId> other = repository.resolve("MERGE_HEAD");
        return head.isPresent() && other.isPresent() && isOf(head.get(), other.get());
    }

    /** As {@link #isThere}, for a merge of this commit into this one. */
    boolean isOf(ObjectId head, ObjectId commit) throws IOException {
        if (!isUnderWay() || !repository.resolve("MERGE_HEAD").equals(Optional.of(commit))) {
            return false;
        }
        try {
            return Files.readString(file).equals(line(head, commit));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    boolean isUnderWay() throws IOException {
        return repository.operations().contains(Operation.MERGE);
    }

    void begin(ObjectId head, ObjectId commit) throws IOException {
        Files.createDirectories(file.getParent());
        AtomicFile.write(file, Bytes.utf8(line(head, commit)));
    }

    void end() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String line(ObjectId head, ObjectId commit) {
        return head.name() + " " + commit.name() + "\n";
    }

    /** Returns whether a file holds neither what git left of it, our version, nor what it is to hold: somebody edited it. */
    boolean isTouched(Map.Entry<Unmerged, Bytes> merged) {
        Unmerged unmerged = merged.getKey();
        Path at = repository.files().root().resolve(unmerged.path());
        try {
            Bytes now = Bytes.wrap(Files.readAllBytes(at));
            ObjectId ours = unmerged.versions().get(Unmerged.Version.OURS);
            return !now.equals(merged.getValue()) && (ours == null || !now.equals(repository.blob(ours)));
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
