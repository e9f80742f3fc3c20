/**
 * Merges three versions of a file of the tree by what it means, not by its lines. The rules are in
 * {@code src/docs/merge.md}.
 *
 * <p>{@link gitzodb.merge.Merge} takes the elements of base, ours and theirs and gives one element, with a
 * {@link gitzodb.merge.Decision} for every place where a side differs from the base. {@link gitzodb.merge.Shape} says for
 * each element name how its content is merged, {@link gitzodb.merge.Keys} by what two children are the same one; a name
 * that neither knows is merged as a whole. Where no rule decides, the place holds a {@link gitzodb.merge.Conflict}: the
 * values of all three, side by side. {@link gitzodb.merge.MergeFile} does the same with the bytes of files and checks the
 * result; {@link gitzodb.merge.Resolution} settles conflicts.
 *
 * <p>Pure: no file is read or written here. Immutable values, so any thread may merge.
 */
@NullMarked
package gitzodb.merge;

import org.jspecify.annotations.NullMarked;
