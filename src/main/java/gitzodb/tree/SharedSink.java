package gitzodb.tree;

/** A sink that several threads may put files into at once, no two of them the same file. */
public interface SharedSink extends TreeSink {}
