/**
 * The git side; knows nothing of ZODB. Start at {@link gitzodb.git.Git} (the git program, for what users see: config,
 * refs, merge, work tree) and {@link gitzodb.git.Repository} (objects in process, through JGit).
 *
 * <p>Below a repository: {@link gitzodb.git.GitTree} reads a folder of a commit, {@link gitzodb.git.TreeEditor} makes a
 * new tree from changed files, {@link gitzodb.git.Commits} reads, walks and writes commits (several of both become safe
 * on disk together in an {@link gitzodb.git.ObjectBatch}), {@link gitzodb.git.BlobPack} takes the blobs of a whole tree
 * from several threads, {@link gitzodb.git.Refs} moves refs in one transaction, {@link gitzodb.git.WorkTree} asks for and changes what is checked out.
 *
 * <p>Paths have {@code /} between segments and never start or end with one; the empty path is the root. Everything that
 * fails does so with a {@link gitzodb.git.GitException}.
 */
@NullMarked
package gitzodb.git;

import org.jspecify.annotations.NullMarked;
