package gitzodb.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** The refs of a repository; moved by git itself, several in one transaction, with an entry in the reflog. */
public final class Refs {
    private final Repository repository;

    Refs(Repository repository) {
        this.repository = repository;
    }

    /** Returns the object a ref points to, through symbolic refs. */
    public Optional<ObjectId> find(String name) throws IOException {
        Ref ref = repository.jgit().exactRef(name);
        return Optional.ofNullable(ref).map(Ref::getObjectId);
    }

    /** Returns the refs whose full names start with {@code prefix}, by name. */
    public SortedMap<String, ObjectId> list(String prefix) throws IOException {
        SortedMap<String, ObjectId> found = new TreeMap<>();

        for (Ref ref : repository.jgit().getRefDatabase().getRefsByPrefix(prefix)) {
            if (ref.getObjectId() != null) {
                found.put(ref.getName(), ref.getObjectId());
            }
        }
        return found;
    }

    /**
     * Moves all these refs or none, safely on disk.
     *
     * @param message one line for the reflog
     * @throws RefChangedException if one of them is not where it must be
     */
    public void update(String message, List<RefUpdate> updates) throws IOException {
        if (updates.isEmpty()) {
            return;
        }
        StringBuilder input = new StringBuilder("start\0");
        for (RefUpdate update : updates) {
            ObjectId from = update.from();
            input.append(update.to().equals(ObjectId.zeroId()) ? "delete " : "update ");
            input.append(update.name()).append('\0');
            if (!update.to().equals(ObjectId.zeroId())) {
                input.append(update.to().name()).append('\0');
            }
            input.append(from == null ? "" : from.name()).append('\0');
        }
        input.append("prepare\0commit\0");
        List<String> arguments = List.of(
                "-c",
                "core.fsync=all",
                "update-ref",
                "--create-reflog",
                "-m",
                message.replace('\n', ' '),
                "--stdin",
                "-z");
        GitResult result = repository.git().attempt(arguments, input.toString().getBytes(StandardCharsets.UTF_8));
        if (!result.succeeded()) {
            List<String> moved = moved(updates);
            if (!moved.isEmpty()) {
                throw new RefChangedException(String.join(", ", moved) + ": moved by another process; try again");
            }
            throw new GitException("git update-ref: " + result.reason());
        }
    }

    /** As {@link #update(String, List)}. */
    public void update(String message, RefUpdate... updates) throws IOException {
        update(message, List.of(updates));
    }

    private List<String> moved(List<RefUpdate> updates) throws IOException {
        List<String> moved = new ArrayList<>();
        for (RefUpdate update : updates) {
            ObjectId from = update.from();
            if (from != null && !find(update.name()).orElse(ObjectId.zeroId()).equals(from)) {
                moved.add(update.name());
            }
        }
        return moved;
    }
}
