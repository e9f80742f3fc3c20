package gitzodb.zodb;

import gitzodb.pickle.Value;

/** What a persistent id says (zodb-formats §3.4). An oid given as text or 8-bit string is read as bytes. */
public sealed interface PersistentRef {
    /** {@code (oid, class)}: the usual one. The class is a Global, a tuple (module, name) or a persistent id. */
    record Classed(Oid oid, Value cls) implements PersistentRef {}

    /** {@code oid}: the class is found in the record. */
    record Bare(Oid oid) implements PersistentRef {}

    /** {@code ['w', (oid,)]}; {@code legacy} if written as {@code [oid]}. */
    record Weak(Oid oid, boolean legacy) implements PersistentRef {}

    /** A reference into another database; {@code id} is kept as it is. */
    record Foreign(String database, Oid oid, Value id) implements PersistentRef {}
}
