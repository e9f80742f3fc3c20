/**
 * The file tree of a database ({@code src/docs/tree-format.md}): what writing and reading it have in common.
 *
 * <p>Files: a {@link gitzodb.tree.FileTree} is read, a {@link gitzodb.tree.TreeSink} is written; both are folders, git
 * trees or memory. {@link gitzodb.tree.FileNames} and {@link gitzodb.tree.NameCodec} name files.
 *
 * <p>Objects: {@link gitzodb.tree.TreeStates} reads records as the tree shows them; {@link gitzodb.tree.Placement}
 * decides from the homes of {@link gitzodb.graph.HomeGraph} which objects have a file and which are folded into it, at
 * which {@link gitzodb.tree.ObjectPath}.
 *
 * <p>What both directions must do alike stands in one class: {@link gitzodb.tree.NameCodec},
 * {@link gitzodb.tree.ObjectPath}, {@link gitzodb.tree.HolderShape}, {@link gitzodb.tree.ChildrenNotation},
 * {@link gitzodb.tree.BTreeFolderNotation}, {@link gitzodb.tree.NameNotation}, {@link gitzodb.tree.PdataChunks}.
 *
 * <p>{@code .zodbconfig} is {@link gitzodb.tree.TreeSettings}, {@code .zodbignore} is {@link gitzodb.tree.IgnoreRules};
 * {@link gitzodb.tree.ChildList} is what objects of the database themselves leave out.
 */
@NullMarked
package gitzodb.tree;

import org.jspecify.annotations.NullMarked;
