package gitzodb.git;

import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** A commit as it is stored. */
public record Commit(
        ObjectId id, ObjectId tree, List<ObjectId> parents, Person author, Person committer, String message) {
    public Commit {
        parents = List.copyOf(parents);
    }

    /** Returns the first paragraph of the message as one line. */
    public String subject() {
        String text = message.strip();
        int end = text.indexOf("\n\n");
        return (end < 0 ? text : text.substring(0, end)).replaceAll("\\s*\n\\s*", " ");
    }

    public Optional<ObjectId> firstParent() {
        return parents.isEmpty() ? Optional.empty() : Optional.of(parents.getFirst());
    }

    /** Returns the trailers: the {@code Key: value} lines of the last paragraph, unless that is the subject. */
    public List<Trailer> trailers() {
        return Trailer.of(message);
    }

    /** Returns the value of the last trailer with this key, whatever its case. */
    public Optional<String> trailer(String key) {
        return trailers().stream()
                .filter(trailer -> trailer.key().equalsIgnoreCase(key))
                .map(Trailer::value)
                .reduce((first, second) -> second);
    }
}
