/**
 * The graph of references, and the one home that each object has in the tree (tree-format §1 and §2).
 *
 * <p>An object is a {@link gitzodb.graph.Node}, whose {@link gitzodb.graph.Edge}s
 * {@link gitzodb.graph.EdgeScanner} finds. {@link gitzodb.graph.HomeGraph} keeps the reachable ones and the least path to
 * each, and brings both to a later state at a cost that depends on what changed. What it keeps lies in a
 * {@link gitzodb.graph.MapStore}, where other parts may keep maps of their own; one commit, with a
 * {@link gitzodb.graph.Stamp}, covers them all.
 *
 * <p>Typical use: open the store with the stamps that fit; without a stamp {@code build}, else {@code update} with the oids
 * of the transactions since; then {@code commit} with the new stamp. Any error before the commit: {@code rollback}.
 */
@NullMarked
package gitzodb.graph;

import org.jspecify.annotations.NullMarked;
