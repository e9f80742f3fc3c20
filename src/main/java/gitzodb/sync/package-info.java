/**
 * The use cases, where the database and git meet: the library behind each command.
 *
 * <p>{@link gitzodb.sync.BoundDatabase} is a database bound to a work tree, with its lock and its
 * {@link gitzodb.sync.Binding}, the one small file that says which commit ({@code live}) shows the database at which
 * transaction. {@link gitzodb.sync.Init} makes a binding.
 *
 * <ul>
 *   <li>{@link gitzodb.sync.Fetch} turns new transactions into commits on {@code live}; {@code Recognition} reads a
 *       database whole that is new or not the one known so far;
 *   <li>{@link gitzodb.sync.Pull} merges {@code live} into the branch;
 *   <li>{@link gitzodb.sync.Push} and {@link gitzodb.sync.Reload} bring a commit, or HEAD with what only the database
 *       changed ({@code Wanted}), into the database through {@code Loading}, and fetch again: what came out is what
 *       {@code live} then says;
 *   <li>{@link gitzodb.sync.Status} compares; {@link gitzodb.sync.LooseDatabase}, {@link gitzodb.sync.FolderLoad} and
 *       {@link gitzodb.sync.CheckedTree} work without a binding; {@link gitzodb.sync.WorkTreeLoad} loads files that are
 *       in no commit yet.
 * </ul>
 *
 * <p>Order of durable steps: git objects, then the object map, then the binding, then the ref. A process killed between
 * two of them leaves a state that the next command completes by doing the same again.
 *
 * <p>A dry run writes nothing in the database; what it writes in git, such as the commits of the fetch before a push,
 * goes into a {@link gitzodb.git.ShadowRepository}, which the caller opens it on.
 *
 * <p>What is refused is a {@link gitzodb.sync.RefusedException} that says what, where and what now. Nothing here prints.
 */
@NullMarked
package gitzodb.sync;

import org.jspecify.annotations.NullMarked;
