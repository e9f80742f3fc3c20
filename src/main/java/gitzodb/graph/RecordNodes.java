package gitzodb.graph;

import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PickleException;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.util.Optional;

/** The objects of a snapshot as nodes. */
public final class RecordNodes implements NodeSource {
    private final Snapshot snapshot;
    private final Generation generation;
    private final ClassFormats formats;
    private final FormatSettings settings;
    private final EdgeScanner scanner;

    public RecordNodes(Snapshot snapshot, Generation generation, ClassFormats formats, FormatSettings settings) {
        this.snapshot = snapshot;
        this.generation = generation;
        this.formats = formats;
        this.settings = settings;
        scanner = new EdgeScanner(formats, generation);
    }

    @Override
    public Optional<Node> read(Oid oid) throws IOException {
        LoadedRecord record = snapshot.load(oid).orElse(null);
        if (record == null) {
            return Optional.empty();
        }
        try {
            ObjectState stored = ObjectRecord.parse(record.data(), generation);
            ObjectState treeState = formats.of(stored.className()).toTree(stored, settings);
            return Optional.of(scanner.scan(oid, record.tid(), treeState));
        } catch (PickleException e) {
            throw new CorruptStorageException(
                    "object " + oid + " of transaction " + record.tid() + " cannot be read: " + e.getMessage());
        }
    }
}
