package gitzodb.zodb;

import java.io.IOException;
import java.util.Optional;

/** Gives the state of any object of one database at one transaction. Whoever implements it does the parsing. */
@FunctionalInterface
public interface StateSource {
    /** Returns the present state of an object; empty if it does not exist. */
    Optional<ObjectState> load(Oid oid) throws IOException;
}
