/**
 * BTrees as what they stand for: a sorted mapping or set. Node boundaries are read, checked and written, never shown.
 *
 * <ul>
 *   <li>{@link gitzodb.btree.BTreeReader} streams the entries in key order, from any key, and refuses a broken tree;
 *   <li>{@link gitzodb.btree.Parts} says which keys start a new part file;
 *   <li>{@link gitzodb.btree.BTreeBuilder} makes the nodes of a new tree;
 *   <li>{@link gitzodb.btree.BTreeEditor} changes a stored tree and rewrites as few nodes as it can.
 * </ul>
 *
 * <p>The state of a node (zodb-formats §4.2), where an entry is {@code key, value}, or {@code key} in a set:
 *
 * <pre>
 * tree  = None | (((entry ...),),) | ((child, key, child, ... key, child), first leaf)
 * leaf  = ((entry ...),) | ((entry ...), next leaf)
 * </pre>
 *
 * <p>Keys are compared as Python compares them ({@link gitzodb.btree.KeyOrder}). Where they cannot be compared the
 * order found in the tree is trusted, and a changed tree is built anew.
 */
@NullMarked
package gitzodb.btree;

import org.jspecify.annotations.NullMarked;
