package gitzodb.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Reads, walks and writes the commits of a repository. One thread at a time. */
public final class Commits {
    private final Repository repository;

    Commits(Repository repository) {
        this.repository = repository;
    }

    /**
     * Writes a commit and returns its id; safe on disk, on no branch yet. The same arguments give the same id
     * everywhere. A message that does not end with a line end gets one; NUL, which ends a message for git, becomes
     * U+FFFD.
     */
    public ObjectId write(ObjectId tree, List<ObjectId> parents, Person author, Person committer, String message)
            throws IOException {
        try (ObjectBatch batch = ObjectBatch.open(repository)) {
            ObjectId id = write(batch, tree, parents, author, committer, message);
            batch.flush();
            return id;
        }
    }

    /** As {@link #write(ObjectId, List, Person, Person, String)}, but the commit becomes safe with its batch. */
    public static ObjectId write(
            ObjectBatch batch, ObjectId tree, List<ObjectId> parents, Person author, Person committer, String message)
            throws IOException {
        CommitBuilder builder = new CommitBuilder();
        builder.setTreeId(tree);
        builder.setParentIds(parents);
        builder.setAuthor(author.ident());
        builder.setCommitter(committer.ident());
        String text = message.replace('\0', '\uFFFD');
        builder.setMessage(text.endsWith("\n") ? text : text + '\n');
        return batch.insert(Constants.OBJ_COMMIT, builder.build());
    }

    public Commit read(ObjectId id) throws IOException {
        try (RevWalk walk = walk()) {
            return commit(parse(walk, id));
        }
    }

    /** Returns {@code start} and its first parents, newest first, at most {@code limit}. */
    public List<Commit> firstParents(ObjectId start, int limit) throws IOException {
        List<Commit> line = new ArrayList<>();
        try (RevWalk walk = walk()) {
            Optional<ObjectId> next = Optional.of(start);
            while (next.isPresent() && line.size() < limit) {
                Commit commit = commit(parse(walk, next.get()));
                line.add(commit);
                next = commit.firstParent();
            }
        }
        return line;
    }

    /**
     * Returns the commits on the first-parent line of {@code start} whose folder is the tree {@code folderTree}, newest
     * first; looks at {@code limit} commits at most.
     */
    public List<ObjectId> withFolder(ObjectId start, String folder, ObjectId folderTree, int limit) throws IOException {
        List<ObjectId> found = new ArrayList<>();
        try (ObjectReader reader = repository.reader()) {
            Folders folders = new Folders(reader);
            for (Commit commit : firstParents(start, limit)) {
                if (GitTree.folder(folders, commit.tree(), folder).equals(folderTree)) {
                    found.add(commit.id());
                }
            }
        }
        return found;
    }

    /** Returns the id of a folder's tree in a commit; that of the empty tree if there is no such folder. */
    public ObjectId folder(ObjectId commit, String folder) throws IOException {
        try (ObjectReader reader = repository.reader()) {
            return GitTree.folder(new Folders(reader), read(commit).tree(), folder);
        }
    }

    /** Returns the best common ancestor; one of them where there are several. */
    public Optional<ObjectId> mergeBase(ObjectId one, ObjectId other) throws IOException {
        try (RevWalk walk = walk()) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(parse(walk, one));
            walk.markStart(parse(walk, other));
            return Optional.ofNullable(walk.next()).map(RevCommit::copy);
        }
    }

    /** Returns whether {@code descendant} is {@code ancestor} or has it in its history. */
    public boolean isAncestor(ObjectId ancestor, ObjectId descendant) throws IOException {
        try (RevWalk walk = walk()) {
            return walk.isMergedInto(parse(walk, ancestor), parse(walk, descendant));
        }
    }

    /** Returns the commits in the history of {@code included} and not of {@code excluded}, newest first. */
    public List<ObjectId> between(ObjectId excluded, ObjectId included, int limit) throws IOException {
        List<ObjectId> found = new ArrayList<>();
        try (RevWalk walk = walk()) {
            walk.markStart(parse(walk, included));
            walk.markUninteresting(parse(walk, excluded));
            for (RevCommit next = walk.next(); next != null && found.size() < limit; next = walk.next()) {
                found.add(next.copy());
            }
        }
        return found;
    }

    private RevWalk walk() {
        return new RevWalk(repository.jgit());
    }

    private static RevCommit parse(RevWalk walk, ObjectId id) throws IOException {
        try {
            return walk.parseCommit(id);
        } catch (MissingObjectException e) {
            throw Folders.missing(id, e);
        } catch (IncorrectObjectTypeException e) {
            throw new GitException("git object " + id.name() + " is no commit", e);
        }
    }

    private static Commit commit(RevCommit commit) {
        List<ObjectId> parents = new ArrayList<>();
        for (RevCommit parent : commit.getParents()) {
            parents.add(parent.copy());
        }
        return new Commit(
                commit.copy(),
                commit.getTree().copy(),
                parents,
                Person.of(commit.getAuthorIdent()),
                Person.of(commit.getCommitterIdent()),
                commit.getFullMessage());
    }
}
