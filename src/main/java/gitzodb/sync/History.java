package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.git.Commits;
import gitzodb.git.ObjectBatch;
import gitzodb.git.Person;
import gitzodb.git.Trailer;
import gitzodb.zodb.StoredTransaction;
import gitzodb.zodb.Tid;
import gitzodb.zodb.TidClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Writes commits that come from the database. Everything in them follows from the transaction, the parent and the tree,
 * so that they get the same id on every machine.
 */
final class History {
    static final String TID = "Zodb-Tid";

    private final ObjectBatch batch;

    /** Writes into a batch, with which the commits become safe. */
    History(ObjectBatch batch) {
        this.batch = batch;
    }

    /** Writes the commit of one transaction, or of several by their last one. */
    ObjectId transaction(ObjectId tree, List<ObjectId> parents, List<StoredTransaction> transactions)
            throws IOException {
        StoredTransaction last = transactions.getLast();
        String user = Author.of(last.info().user());
        return commit(tree, parents, user, last.tid(), message(transactions));
    }

    /** Writes the commit of changes that a reload kept: they are still those of whoever made them, before {@code tid}. */
    ObjectId carried(ObjectId tree, ObjectId parent, Tid tid, List<StoredTransaction> transactions) throws IOException {
        if (transactions.isEmpty()) {
            return own(tree, List.of(parent), tid, "Changes that only the database had");
        }
        StoredTransaction last = transactions.getLast();
        String user = Author.of(last.info().user());
        Person author = new Person(user, Author.address(user), TidClock.time(last.tid()));
        return write(tree, List.of(parent), author, tid, message(transactions));
    }

    /** Writes the commit of the whole database as it was found. */
    ObjectId snapshot(ObjectId tree, List<ObjectId> parents, Tid tid) throws IOException {
        return commit(tree, parents, Author.DATABASE, tid, "Snapshot of the database");
    }

    /** Writes a commit that git-zodb itself has a reason for. */
    ObjectId own(ObjectId tree, List<ObjectId> parents, Tid tid, String message) throws IOException {
        return commit(tree, parents, Author.DATABASE, tid, message);
    }

    private ObjectId commit(ObjectId tree, List<ObjectId> parents, String user, Tid tid, String message)
            throws IOException {
        return write(tree, parents, new Person(user, Author.address(user), TidClock.time(tid)), tid, message);
    }

    private ObjectId write(ObjectId tree, List<ObjectId> parents, Person author, Tid tid, String message)
            throws IOException {
        Person committer = new Person(author.name(), author.email(), TidClock.time(tid));
        String text = Trailer.append(message, List.of(new Trailer(TID, tid.hex())));
        return Commits.write(batch, tree, parents, author, committer, text);
    }

    private static String message(List<StoredTransaction> transactions) {
        return transactions.size() == 1
                ? message(transactions.getFirst().info().description())
                : transactions.size() + " transactions\n\n" + subjects(transactions);
    }

    private static String message(Bytes description) {
        String text = new String(description.toArray(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "(no description)" : text;
    }

    private static String subjects(List<StoredTransaction> transactions) {
        StringBuilder text = new StringBuilder();
        for (StoredTransaction each : transactions) {
            String subject =
                    message(each.info().description()).lines().findFirst().orElse("");
            text.append("* ")
                    .append(Author.of(each.info().user()))
                    .append(": ")
                    .append(subject)
                    .append('\n');
        }
        return text.toString();
    }
}
