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
        String message = transactions.size() == 1
                ? message(last.info().description())
                : transactions.size() + " transactions\n\n" + subjects(transactions);
        return commit(tree, parents, user, last.tid(), message);
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
        Person person = new Person(user, Author.address(user), TidClock.time(tid));
        String text = Trailer.append(message, List.of(new Trailer(TID, tid.hex())));
        return Commits.write(batch, tree, parents, person, person, text);
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
