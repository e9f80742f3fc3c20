package gitzodb.btree;

/** Leaves an edit whose keys have no order; never leaves the package. */
final class KeysNotComparable extends Exception {
    private static final long serialVersionUID = 1L;
}
