package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * New objects on their way into a repository: a few become loose ones, many become one pack. Only who works with the same
 * batch sees them before {@link #flush}, and nothing is safe on disk before. One thread at a time.
 */
public final class ObjectBatch implements AutoCloseable {
    /** A pack costs two files and a few flushes to disk, a loose object one each. */
    private static final int LOOSE = 24;

    private static final int LOOSE_BYTES = 1 << 20;

    private record Waiting(int type, Bytes content) {}

    private final Repository repository;
    private final ObjectDirectory objects;
    private final Folders folders = new Folders(this::open);
    private final Map<ObjectId, Waiting> waiting = new LinkedHashMap<>();
    private int waitingBytes;
    private final ObjectInserter.Formatter ids = new ObjectInserter.Formatter();
    private final Set<Path> packsBefore = new TreeSet<>();
    private @Nullable PackInserter pack;
    private ObjectReader reader;

    private ObjectBatch(Repository repository) {
        this.repository = repository;
        this.objects = repository.jgit().getObjectDatabase();
        this.reader = repository.reader();
    }

    /** Opens an empty batch. */
    public static ObjectBatch open(Repository repository) {
        return new ObjectBatch(repository);
    }

    /** Returns what reads the trees of the repository and of this batch. */
    Folders folders() {
        return folders;
    }

    private ObjectLoader open(ObjectId id, int type) throws IOException {
        Waiting object = waiting.get(id);
        return object == null
                ? reader.open(id, type)
                : new ObjectLoader.SmallObject(object.type(), object.content().toArray());
    }

    ObjectId insert(int type, byte[] content) throws IOException {
        if (pack != null) {
            return pack.insert(type, content);
        }
        ObjectId id = ids.idFor(type, content);
        if (waiting.putIfAbsent(id, new Waiting(type, Bytes.wrap(content))) == null) {
            waitingBytes += content.length;
            if (waiting.size() > LOOSE || waitingBytes > LOOSE_BYTES) {
                startPack();
            }
        }
        return id;
    }

    /** Inserts a blob of any size from a file. */
    ObjectId insert(Path file) throws IOException {
        long size = Files.size(file);
        if (size <= LOOSE_BYTES) {
            return insert(Constants.OBJ_BLOB, Files.readAllBytes(file));
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return startPack().insert(Constants.OBJ_BLOB, size, stream);
        }
    }

    private PackInserter startPack() throws IOException {
        if (pack != null) {
            return pack;
        }
        packsBefore.addAll(packFiles());
        PackInserter started = objects.newPackInserter();
        started.setCompressionLevel(1);
        // The first dump into a young repository need not ask for each object whether a pack has it.
        started.checkExisting(!packsBefore.isEmpty());
        pack = started;
        for (Waiting object : waiting.values()) {
            started.insert(object.type(), object.content().toArray());
        }
        waiting.clear();
        reader.close();
        // Reads what is in the unfinished pack, and what is in the repository.
        reader = started.newReader();
        return started;
    }

    /** Writes everything; when this returns, the objects survive a crash. The batch is empty again. */
    public void flush() throws IOException {
        if (pack != null) {
            pack.flush();
            for (Path file : packFiles()) {
                if (!packsBefore.contains(file)) {
                    forceFile(file);
                }
            }
            forceFolder(objects.getPackDirectory().toPath());
            endPack();
            return;
        }
        try (ObjectInserter inserter = objects.newInserter()) {
            Set<Path> folders = new TreeSet<>();
            for (Waiting object : waiting.values()) {
                ObjectId id = inserter.insert(object.type(), object.content().toArray());
                Path folder = objects.fileFor(id).toPath().getParent();
                if (folder != null && Files.isDirectory(folder)) {
                    folders.add(folder);
                }
            }
            inserter.flush();
            for (Path folder : folders) {
                forceFolder(folder);
            }
            if (!folders.isEmpty()) {
                forceFolder(objects.getDirectory().toPath());
            }
        }
        waiting.clear();
        waitingBytes = 0;
    }

    private List<Path> packFiles() throws IOException {
        Path folder = objects.getPackDirectory().toPath();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file ->
                            file.toString().endsWith(".pack") || file.toString().endsWith(".idx"))
                    .toList();
        }
    }

    static void forceFile(Path file) throws IOException {
        // Packs are read-only files; a channel for reading can be flushed as well.
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static void forceFolder(Path folder) throws IOException {
        // Windows opens no folder, and keeps its folders by itself.
        if (!folder.getFileSystem().getSeparator().equals("\\")) {
            forceFile(folder);
        }
    }

    private void endPack() {
        reader.close();
        if (pack != null) {
            pack.close();
            pack = null;
            packsBefore.clear();
        }
        reader = repository.reader();
    }

    @Override
    public void close() {
        endPack();
        reader.close();
        ids.close();
    }
}
