package gitzodb.benchmark;

import gitzodb.bytes.Bytes;
import gitzodb.filestorage.FileStorage;
import gitzodb.pickle.Generation;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A database as code-like sites have it: 10 % folders, up to 5 deep, 40 % scripts of 10 to 60 lines, 25 % page templates of
 * 1 to 6 kB, 15 % Z SQL Methods, 5 % files of 2 to 200 kB, 5 % others. The same size gives the same bytes.
 */
final class CodeSite {
    private static final int PROTOCOL = 3;
    private static final int BATCH = 2000;
    private static final int MAX_DEPTH = 5;
    private static final int PIECE = 1 << 16;
    private static final long SEED = 20260102;
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private final int size;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final Texts texts = new Texts(random);
    private final List<Folder> folders = new ArrayList<>();
    private final TreeMap<Oid, ObjectState> open = new TreeMap<>();
    private final Storage storage;
    private long lastOid;

    private record Folder(ClassName cls, String id, Oid oid, int depth, List<States.Child> children) {}

    private CodeSite(Storage storage, int size) {
        this.storage = storage;
        this.size = size;
    }

    /** Makes a database with this many objects; it must not exist. */
    static void write(Path dataFs, int size) throws IOException {
        try (Storage storage = FileStorage.create(dataFs, Generation.PYTHON3, options())) {
            new CodeSite(storage, size).write();
        }
    }

    /** Changes one line in each of this many scripts, in one transaction each. */
    static void edit(Path dataFs, int count) throws IOException {
        try (Storage storage = FileStorage.open(dataFs, options())) {
            List<Oid> scripts = scripts(storage, count);
            for (Oid oid : scripts) {
                try (Snapshot now = storage.snapshot();
                        StorageTransaction transaction = begin(storage)) {
                    var loaded = now.load(oid).orElseThrow();
                    var state = ObjectRecord.parse(loaded.data(), Generation.PYTHON3);
                    String id = textOf(state.attribute("id"));
                    String body = textOf(state.attribute("_body"));
                    ObjectState edited = States.script(
                            id, "limit=100", body + "# edited in " + now.tid().hex() + "\n");
                    transaction.store(oid, loaded.tid(), ObjectRecord.write(edited, Generation.PYTHON3, PROTOCOL));
                    transaction.vote();
                    transaction.finish();
                }
            }
        }
    }

    private static List<Oid> scripts(Storage storage, int count) throws IOException {
        List<Oid> scripts = new ArrayList<>();
        try (Snapshot now = storage.snapshot()) {
            for (long oid = 2; scripts.size() < count; oid += 7) {
                var loaded = now.load(new Oid(oid));
                if (ObjectRecord.meta(loaded.orElseThrow().data(), Generation.PYTHON3)
                        .name()
                        .equals(States.SCRIPT)) {
                    scripts.add(new Oid(oid));
                }
            }
        }
        return scripts;
    }

    private static String textOf(gitzodb.pickle.@org.jspecify.annotations.Nullable Value value) {
        return value instanceof gitzodb.pickle.Value.Text(String text) ? text : "";
    }

    private static FileStorage.Options options() {
        return FileStorage.Options.of(() -> START);
    }

    private void write() throws IOException {
        Oid application = next();
        folders.add(new Folder(States.APPLICATION, "", application, 0, new ArrayList<>()));
        while (lastOid + 1 < size) {
            addAny();
            if (open.size() >= BATCH) {
                flush();
            }
        }
        for (Folder folder : folders) {
            open.put(folder.oid(), States.folder(folder.cls(), folder.id(), "A " + texts.noun(), folder.children()));
        }
        open.put(Oid.ROOT, States.root(application));
        flush();
    }

    private void addAny() {
        Folder parent = folders.get(random.nextInt(folders.size()));
        int number = parent.children().size();
        int kind = folders.size() < 2 ? 0 : random.nextInt(100);
        String stem = texts.verb() + "_" + texts.noun() + "_" + number;
        if (kind < 10) {
            Folder above = parent.depth() < MAX_DEPTH ? parent : folders.getFirst();
            String id = texts.noun() + "_" + above.children().size();
            Oid oid = next();
            above.children().add(new States.Child(id, "Folder", oid, States.FOLDER));
            folders.add(new Folder(States.FOLDER, id, oid, above.depth() + 1, new ArrayList<>()));
        } else if (kind < 50) {
            add(parent, stem, "Script (Python)", States.SCRIPT, States.script(stem, "limit=100", texts.script()));
        } else if (kind < 75) {
            add(parent, stem, "Page Template", States.TEMPLATE, States.template(stem, texts.template()));
        } else if (kind < 90) {
            String argument = texts.noun();
            add(parent, stem, "Z SQL Method", States.SQL, States.sql(stem, argument, texts.sql(argument)));
        } else if (kind < 95) {
            addFile(parent, stem, random.nextBoolean());
        } else if (kind < 98) {
            add(parent, stem, "DTML Method", States.METHOD, States.method(stem, texts.method()));
        } else {
            add(parent, stem, "Article", States.UNKNOWN, States.unknown(stem, random.nextInt(100_000)));
        }
    }

    private Oid add(Folder parent, String id, String metaType, ClassName cls, ObjectState state) {
        Oid oid = next();
        parent.children().add(new States.Child(id, metaType, oid, cls));
        open.put(oid, state);
        return oid;
    }

    /** A file of one piece is in its own record; others are chains, as Zope writes them. */
    private void addFile(Folder parent, String stem, boolean picture) {
        byte[] content = texts.file(picture);
        String id = stem + (picture ? ".bin" : ".csv");
        Oid oid = add(parent, id, "File", States.FILE, States.root(Oid.ROOT));
        gitzodb.pickle.Value data;
        if (content.length < PIECE) {
            data = States.binary(content);
        } else {
            List<Oid> pieces = new ArrayList<>();
            for (int at = 0; at < content.length; at += PIECE) {
                pieces.add(next());
            }
            for (int i = 0; i < pieces.size(); i++) {
                byte[] piece =
                        java.util.Arrays.copyOfRange(content, i * PIECE, Math.min(content.length, (i + 1) * PIECE));
                open.put(pieces.get(i), States.pdata(piece, i + 1 < pieces.size() ? pieces.get(i + 1) : null));
            }
            data = States.ref(pieces.getFirst(), States.PDATA);
        }
        open.put(oid, States.file(id, picture ? "application/octet-stream" : "text/csv", content.length, data));
    }

    private Oid next() {
        lastOid++;
        return new Oid(lastOid);
    }

    private void flush() throws IOException {
        try (StorageTransaction transaction = begin(storage)) {
            for (var each : open.entrySet()) {
                transaction.store(
                        each.getKey(), Tid.NONE, ObjectRecord.write(each.getValue(), Generation.PYTHON3, PROTOCOL));
            }
            transaction.vote();
            transaction.finish();
        }
        open.clear();
    }

    private static StorageTransaction begin(Storage storage) throws IOException {
        return storage.begin(Bytes.utf8("/acl_users ida"), Bytes.utf8("/manage_edit"), Bytes.EMPTY);
    }
}
