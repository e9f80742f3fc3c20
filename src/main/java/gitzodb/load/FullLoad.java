package gitzodb.load;

import gitzodb.classes.ClassFormats;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.Problems;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageException;
import gitzodb.zodb.StorageTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Loads a whole tree into an empty database, in one transaction, oid 0 first. The tree is read twice: once to see what is
 * where and whether it is sound, once to write it, one file at a time.
 */
public final class FullLoad {
    private final FileTree tree;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private @Nullable TreeIndex checked;

    public FullLoad(FileTree tree, ClassFormats formats, TreeSettings settings) {
        this.tree = tree;
        this.formats = settings.formats(formats);
        this.settings = settings;
    }

    /** True for the tree of a database without a single object, which has nothing but settings. */
    public boolean isEmpty() throws IOException {
        boolean settled = false;
        for (FileTree.Entry entry : tree.list("")) {
            settled |= entry.name().equals(FileNames.SETTINGS);
            if (!List.of(FileNames.SETTINGS, FileNames.ATTRIBUTES, FileNames.IGNORE)
                    .contains(entry.name())) {
                return false;
            }
        }
        return settled;
    }

    /** Finds all that is wrong with names, references and listings, before any database is made. */
    public void check() throws IOException {
        if (!isEmpty()) {
            index();
        }
    }

    private TreeIndex index() throws IOException {
        TreeIndex known = checked;
        if (known == null) {
            Problems problems = new Problems();
            known = TreeIndex.of(tree, formats, settings, GlobalPolicy.trustingTree(), problems);
            known.refuseUnreadable();
            problems.throwIfAny();
            checked = known;
        }
        return known;
    }

    /**
     * Writes the database; returns its first transaction and what it locked, not each object; nothing for an empty tree.
     *
     * @throws BadTreeException if anything is wrong with the tree, with all that is; nothing is written
     * @throws StorageException if the database is not empty, or is of the other generation
     */
    public LoadResult into(Storage storage, TransactionText text) throws IOException {
        if (storage.generation() != settings.generation()) {
            throw new StorageException(
                    storage.description() + " is not of the generation that the tree is for, " + settings.generation());
        }
        if (isEmpty()) {
            return LoadResult.NOTHING;
        }
        TreeIndex index = index();
        Problems problems = new Problems();
        try (StorageTransaction transaction = storage.begin(text.user(), text.description(), text.extension());
                ReadAhead files = ReadAhead.of(tree)) {
            requireEmpty(transaction, storage.description());
            TreeWalk walk = new TreeWalk(files, problems);
            UnitReader reader = new UnitReader(settings, walk);
            NewObjects writer =
                    new NewObjects(files, formats, settings, new NewOids(index.highest()), transaction, problems);
            walk.walk(unit -> {
                UnitStates states = new UnitStates(files, unit, index, settings, writer);
                reader.read(unit, states, states);
                return states.files();
            });
            problems.throwIfAny();
            transaction.vote();
            return new LoadResult(
                    transaction.finish(),
                    List.of(),
                    stale(index, writer.contents().emptied()),
                    writer.locked());
        }
    }

    /** Returns what is left out, and what goes stale with a tree of format 1, which has oids of key references as bytes. */
    private List<LoadResult.StaleNote> stale(TreeIndex index, SortedSet<String> emptied) throws IOException {
        StaleNotes notes = StaleNotes.ofTree(index);
        List<LoadResult.StaleNote> all = new ArrayList<>(notes.ofLeftOut(emptied));
        if (settings.format() < 2) {
            all.addAll(notes.ofNewDatabase());
        }
        return all;
    }

    private static void requireEmpty(StorageTransaction transaction, String description) throws IOException {
        try (Snapshot snapshot = transaction.current()) {
            if (snapshot.load(Oid.ROOT).isPresent()) {
                throw new StorageException(description + " is not empty");
            }
        }
    }
}
