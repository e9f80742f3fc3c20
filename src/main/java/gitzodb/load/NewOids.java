package gitzodb.load;

import gitzodb.zodb.Oid;
import java.util.function.Supplier;

/** Gives oids above every oid that is in use or referenced, so that no dangling reference comes alive. */
final class NewOids implements Supplier<Oid> {
    private Oid last;

    NewOids(Oid highestSeen) {
        last = highestSeen;
    }

    /** Takes note of an oid that must not be given. */
    void saw(Oid oid) {
        if (oid.compareTo(last) > 0) {
            last = oid;
        }
    }

    @Override
    public Oid get() {
        if (last.value() == -1L) {
            throw new IllegalStateException("the database has used up its oids");
        }
        last = last.next();
        return last;
    }
}
