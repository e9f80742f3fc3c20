/**
 * Objects to files and files to objects ({@code src/docs/tree-format.md}).
 *
 * <p>The way out: {@link gitzodb.tree.TreeStates} reads records as the tree shows them; {@code Placement} decides from
 * the homes of {@link gitzodb.graph.HomeGraph} which objects have a file, and their paths; {@code Folders} and
 * {@link gitzodb.tree.FileNames} name the files; {@code UnitWriter} writes one object with all that is folded into it (a
 * unit). {@link gitzodb.tree.Dump} does it for all objects, or for those that an update of the graph concerns, into a
 * {@link gitzodb.tree.TreeSink}.
 *
 * <p>The way back: {@code TreeWalk} finds the units of a {@link gitzodb.tree.FileTree}, {@code UnitReader} reads one;
 * every problem of a tree is collected, and nothing is written if there is any.
 *
 * <p>A load of a part is a load of a whole tree: {@link gitzodb.tree.Graft} puts the selected objects of one tree into
 * another, and {@link gitzodb.tree.StoredTree} shows a database as one.
 *
 * <p>What both sides must do alike stands in one class with both directions: {@link gitzodb.tree.NameCodec},
 * {@link gitzodb.tree.ObjectPath}, {@code HolderShape}, {@code ChildrenNotation}, {@code BTreeFolderNotation},
 * {@code NameNotation}, {@code PdataChunks}.
 *
 * <p>{@code .zodbconfig} is {@link gitzodb.tree.TreeSettings}, {@code .zodbignore} is {@link gitzodb.tree.IgnoreRules}.
 */
@NullMarked
package gitzodb.tree;

import org.jspecify.annotations.NullMarked;
