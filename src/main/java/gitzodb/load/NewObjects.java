package gitzodb.load;

import gitzodb.btree.BTreeBuilder;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatException;
import gitzodb.classes.Structure;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.tree.FileTree;
import gitzodb.tree.Problems;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.UnreadableRecord;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stores objects that the database does not hold. */
final class NewObjects implements ObjectWriter {
    private final FileTree tree;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final NewOids newOids;
    private final StorageTransaction transaction;
    private final Problems problems;
    private final RefForms refs;
    private final SecretKeeper keeper;
    private final LeftOutContent contents;
    private final List<LoadResult.Locked> locked = new ArrayList<>();

    NewObjects(
            FileTree tree,
            ClassFormats formats,
            TreeSettings settings,
            NewOids newOids,
            StorageTransaction transaction,
            Problems problems) {
        this.tree = tree;
        this.formats = formats;
        this.settings = settings;
        this.newOids = newOids;
        this.transaction = transaction;
        this.problems = problems;
        refs = new RefForms(settings.generation(), protocol(settings));
        keeper = new SecretKeeper(settings.secrets(), settings.generation());
        contents = new LeftOutContent(settings, newOids, refs, this::store);
    }

    /** Returns what puts references for the content that the tree leaves out. */
    LeftOutContent contents() {
        return contents;
    }

    /** Returns the protocol of new records: what each generation's ZODB itself writes. */
    static int protocol(TreeSettings settings) {
        return settings.generation() == Generation.PYTHON3 ? 3 : 1;
    }

    @Override
    public Value content(At at, Content content) throws IOException {
        if (content.lengths().isEmpty()) {
            Bytes whole = content.file().whole();
            return content.str() ? new Value.Str(whole) : new Value.Binary(whole);
        }
        try (InputStream in = content.file().open()) {
            return new PdataChain(settings.generation(), refs, newOids)
                    .store(in, content.lengths(), content.str(), this::store);
        } catch (EOFException e) {
            throw new IOException(at.path() + ": a file became shorter while it was read; load again", e);
        }
    }

    @Override
    public void object(At at, ObjectState state, LoadedSources sources) throws IOException {
        SecretKeeper.Restored restored = keeper.restore(state, null, null, at.holding());
        note(at, restored.missing());
        try {
            ObjectState whole = contents.restore(at.path(), restored.state(), null);
            store(at.oid(), formats.of(state.className()).toDatabase(whole, null, settings.formats(), sources));
        } catch (FormatException e) {
            problem(at, e);
        }
    }

    @Override
    public void tree(At at, Structure.Node shape, ClassMeta meta, List<Entry> said) throws IOException {
        List<Entry> entries = restored(at, said, List::of, List::of);
        try {
            BTreeBuilder.Built built =
                    new BTreeBuilder(shape, meta, KeyOrder.of(settings.generation())).build(entries, newOids);
            store(at.oid(), new ObjectState(meta, built.root()));
            for (Map.Entry<Oid, ObjectState> made : built.nodes().entrySet()) {
                store(made.getKey(), made.getValue());
            }
        } catch (FormatException e) {
            problem(at, e);
        }
    }

    /** Reads the entries that a BTree has. */
    @FunctionalInterface
    interface Entries {
        List<Entry> read() throws IOException;
    }

    /** Returns the entries of a BTree with values for their placeholders. */
    List<Entry> restored(At at, List<Entry> said, Entries shown, Entries stored) throws IOException {
        if (said.stream().allMatch(entry -> entry.value() == null || !SecretKeeper.isNeeded(entry.value()))) {
            return said;
        }
        PyDict entries = dict(said);
        note(at, keeper.restore(entries, dict(shown.read()), dict(stored.read()), at.holding()));
        List<Entry> restored = new ArrayList<>(said.size());
        entries.entries().forEach(entry -> restored.add(Entry.of(entry.key(), entry.value())));
        return restored;
    }

    private static PyDict dict(List<Entry> entries) {
        PyDict dict = new PyDict();
        for (Entry entry : entries) {
            Value value = entry.value();
            if (value != null) {
                dict.put(entry.key(), value);
            }
        }
        return dict;
    }

    /** Takes note of placeholders that the database had no value for. */
    void note(At at, Set<String> names) {
        names.forEach(name -> locked.add(new LoadResult.Locked(at.path(), name)));
    }

    /** Returns the secrets that no tree says and the database did not have, by path. */
    List<LoadResult.Locked> locked() {
        locked.sort(Comparator.comparing(LoadResult.Locked::path).thenComparing(LoadResult.Locked::name));
        return locked;
    }

    @Override
    public void blob(At at, ClassMeta meta, @Nullable String file) throws IOException {
        ObjectState state = new ObjectState(meta, Value.NONE);
        if (file == null) {
            store(at.oid(), state);
            return;
        }
        blob(at.oid(), Tid.NONE, ObjectRecord.write(state, settings.generation(), protocol(settings)), file);
    }

    /** Stores a blob revision with the content of a file of the tree. */
    void blob(Oid oid, Tid base, gitzodb.bytes.Bytes record, String file) throws IOException {
        Path copy = Files.createTempFile("git-zodb", ".blob");
        try {
            try (InputStream in = tree.open(file);
                    OutputStream out = Files.newOutputStream(copy)) {
                in.transferTo(out);
            }
            transaction.storeBlob(oid, base, record, copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    void store(Oid oid, ObjectState state) throws IOException {
        transaction.store(oid, Tid.NONE, ObjectRecord.write(state, settings.generation(), protocol(settings)));
    }

    @Override
    public void unreadable(At at, Bytes record) {
        problems.add(at.file(), at.line(), at.path(), UnreadableRecord.REFUSAL);
    }

    void problem(At at, FormatException e) {
        problems.add(at.file(), at.line(), at.path(), String.valueOf(e.getMessage()));
    }
}
