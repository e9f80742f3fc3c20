package gitzodb.graph;

/** What an edge counts as in the weight of a path, heaviest first (tree-format §1). */
public enum EdgeKind {
    /** An attribute that leads back: {@code __parent__}, {@code aq_parent}, {@code parent}, … */
    BACK,
    /** A slot of a list, tuple, set or argument list. */
    POSITION,
    /** A key that is no text. */
    OTHER_KEY,
    /** An attribute named {@code __…__}. */
    HIDDEN,
    /** A key that is text. */
    TEXT_KEY,
    ATTRIBUTE,
    CONTAINED,
    /** From a BTree or {@code Pdata} chain to one of its own nodes: no weight, no label. */
    NODE
}
