/**
 * Files to objects.
 *
 * <p>Reading: {@code TreeWalk} finds the units of a {@link gitzodb.tree.FileTree}, {@code UnitReader} reads
 * one, {@code ReadAhead} does it on a second thread for large trees, {@code TreeIndex} knows what stands where. Every problem of a tree is collected, and nothing is written if there
 * is any; {@link gitzodb.load.Verify} stops there.
 *
 * <p>Writing: {@link gitzodb.load.Load} changes what a database has, {@link gitzodb.load.FullLoad} fills an empty one.
 * {@code LoadPlan} finds the oid of each path: the one the database has there, that of an object that moved
 * ({@code FoldedMoves}, {@code Renames}), or a new one. {@code StoredObjects} and {@code NewObjects} write the states.
 *
 * <p>A load of a part ({@link gitzodb.load.PartLoad}) is a load of a whole tree: {@code Graft} puts the selected objects
 * of one tree into another.
 */
@NullMarked
package gitzodb.load;

import org.jspecify.annotations.NullMarked;
