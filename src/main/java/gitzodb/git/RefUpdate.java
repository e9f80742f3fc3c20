package gitzodb.git;

import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One move of a ref.
 *
 * @param name full name, {@code refs/heads/main}
 * @param from where it must be now; the zero id: it must not exist; absent: wherever it is
 * @param to where it is to be; the zero id deletes it
 */
public record RefUpdate(String name, @Nullable ObjectId from, ObjectId to) {
    public RefUpdate {
        if (!name.startsWith("refs/") && !name.equals("HEAD")) {
            throw new IllegalArgumentException("not the full name of a ref: " + name);
        }
    }

    public static RefUpdate create(String name, ObjectId to) {
        return new RefUpdate(name, ObjectId.zeroId(), to);
    }

    public static RefUpdate move(String name, ObjectId from, ObjectId to) {
        return new RefUpdate(name, from, to);
    }

    /** Sets a ref whatever it is now; for refs that only we write, under our lock. */
    public static RefUpdate set(String name, ObjectId to) {
        return new RefUpdate(name, null, to);
    }

    public static RefUpdate delete(String name, ObjectId from) {
        return new RefUpdate(name, from, ObjectId.zeroId());
    }
}
