/**
 * Objects to files.
 *
 * <p>{@link gitzodb.dump.Dump} writes all objects, or those that an update of the graph concerns
 * ({@code DumpChange}), into a {@link gitzodb.tree.TreeSink}; {@code UnitWriter} writes one object with all that is
 * folded into it (a unit), {@code SourceFiles} its natural files, {@code UnitMaker} one unit after the other; a full dump
 * has several of these, each on a thread of its own. {@link gitzodb.dump.DumpIndex} knows which files belong to which
 * object. {@link gitzodb.dump.StoredTree} shows a database as a tree that is written when it is read.
 */
@NullMarked
package gitzodb.dump;

import org.jspecify.annotations.NullMarked;
