package gitzodb.zodb;

/** An object changed in the database since it was read. */
public final class ConflictException extends StorageException {
    private static final long serialVersionUID = 1L;

    private final transient Oid oid;

    public ConflictException(Oid oid, Tid baseTid, Tid currentTid) {
        super("object " + oid + " was read at " + baseTid + " and is now at " + currentTid);
        this.oid = oid;
    }

    public Oid oid() {
        return oid;
    }
}
