package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.eclipse.jgit.internal.storage.file.BasePackIndexWriter;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdOwnerMap;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.jspecify.annotations.Nullable;

/**
 * Many new blobs on their way into a repository as one pack. Any number of threads may insert at once, and each packs what
 * it inserts, which is most of the work; what {@link ObjectBatch} is for one thread. Nobody sees the blobs and nothing is
 * safe on disk before {@link #flush}; a kill leaves a file that git removes with its own unfinished packs.
 */
public final class BlobPack implements Closeable {
    /** "PACK", version 2, the number of objects: gitformat-pack(5). */
    private static final int HEADER = 12;

    private static final int VERSION = 2;
    private static final int INDEX_VERSION = 2;
    private static final int BUFFER = 1 << 17;

    private final ObjectDirectory objects;
    /** A pack is not asked for what came into the repository later: a blob that is there twice does no harm. */
    private final List<Pack> present;

    private final Deque<PackedBlob> idle = new ConcurrentLinkedDeque<>();
    private final ObjectIdOwnerMap<PackedObjectInfo> packed = new ObjectIdOwnerMap<>();
    private @Nullable Path file;
    private @Nullable OutputStream out;
    private long end;
    private int count;

    private BlobPack(ObjectDirectory objects) {
        this.objects = objects;
        this.present = List.copyOf(objects.getPacks());
    }

    /** Opens an empty pack; no file is made before the first blob. */
    public static BlobPack open(Repository repository) {
        return new BlobPack(repository.jgit().getObjectDatabase());
    }

    /** Inserts a blob unless a pack has it, and returns its id. */
    public ObjectId insert(Bytes content) throws IOException {
        PackedBlob blob = idle.poll();
        if (blob == null) {
            blob = new PackedBlob();
        }
        try {
            byte[] bytes = content.toArray();
            ObjectId id = blob.id(bytes);
            if (!isThere(id)) {
                blob.pack(bytes);
                append(id, blob);
            }
            return id;
        } finally {
            idle.push(blob);
        }
    }

    private boolean isThere(ObjectId id) throws IOException {
        synchronized (this) {
            if (packed.contains(id)) {
                return true;
            }
        }
        for (Pack pack : present) {
            if (pack.hasObject(id)) {
                return true;
            }
        }
        return false;
    }

    private synchronized void append(ObjectId id, PackedBlob blob) throws IOException {
        if (packed.contains(id)) {
            return;
        }
        PackedObjectInfo info = new PackedObjectInfo(id);
        info.setType(Constants.OBJ_BLOB);
        info.setCRC(blob.crc());
        if (out == null) {
            out = start();
        }
        info.setOffset(end);
        blob.writeTo(out);
        end += blob.length();
        packed.add(info);
        count++;
    }

    private OutputStream start() throws IOException {
        Path folder = Files.createDirectories(objects.getPackDirectory().toPath());
        file = temporary(folder, "tmp_pack_");
        OutputStream started = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
        started.write(header(0));
        end = HEADER;
        return started;
    }

    /** Files.createTempFile makes a file that nobody else can read, which a repository may be meant for. */
    private static Path temporary(Path folder, String prefix) throws IOException {
        return File.createTempFile(prefix, "", folder.toFile()).toPath();
    }

    private static byte[] header(int count) {
        return ByteBuffer.allocate(HEADER)
                .put(Constants.PACK_SIGNATURE)
                .putInt(VERSION)
                .putInt(count)
                .array();
    }

    /** Writes everything; when this returns, the blobs survive a crash and are in the repository. The pack is used up. */
    public synchronized void flush() throws IOException {
        if (out == null || file == null) {
            return;
        }
        out.close();
        out = null;
        byte[] hash = finish(file);
        List<PackedObjectInfo> sorted = new ArrayList<>(count);
        packed.forEach(sorted::add);
        Collections.sort(sorted);
        Path folder = objects.getPackDirectory().toPath();
        Path index = temporary(folder, "tmp_idx_");
        try {
            try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(index), BUFFER)) {
                BasePackIndexWriter.createVersion(stream, INDEX_VERSION).write(sorted, hash);
            }
            ObjectBatch.forceFile(index);
            String name = "pack-" + name(sorted);
            publish(file, index, folder, name);
        } finally {
            Files.deleteIfExists(index);
        }
        close();
    }

    /** The pack first: git takes a pack for there when its index is. */
    private void publish(Path pack, Path index, Path folder, String name) throws IOException {
        Path packTarget = folder.resolve(name + ".pack");
        Path indexTarget = folder.resolve(name + ".idx");
        if (!Files.exists(indexTarget)) {
            readOnly(pack);
            readOnly(index);
            Files.move(pack, packTarget, StandardCopyOption.ATOMIC_MOVE);
            Files.move(index, indexTarget, StandardCopyOption.ATOMIC_MOVE);
            ObjectBatch.forceFolder(folder);
        }
        objects.openPack(packTarget.toFile());
    }

    private static void readOnly(Path file) throws IOException {
        if (!file.toFile().setReadOnly()) {
            throw new IOException(file + " cannot be made read-only");
        }
    }

    /** Says how many objects there are, which is known only now, adds the hash of it all, and returns that. */
    private byte[] finish(Path pack) throws IOException {
        MessageDigest digest = Constants.newMessageDigest();
        try (FileChannel channel = FileChannel.open(pack, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(header(count)), 0);
            try (InputStream in = Files.newInputStream(pack)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                }
            }
            byte[] hash = digest.digest();
            channel.write(ByteBuffer.wrap(hash), end);
            channel.force(true);
            return hash;
        }
    }

    /** Returns what git names a pack by: the hash of its object ids in order. */
    private static String name(List<PackedObjectInfo> sorted) {
        MessageDigest digest = Constants.newMessageDigest();
        byte[] id = new byte[Constants.OBJECT_ID_LENGTH];
        for (PackedObjectInfo info : sorted) {
            info.copyRawTo(id, 0);
            digest.update(id);
        }
        return ObjectId.fromRaw(digest.digest()).name();
    }

    /** Drops what was not flushed. */
    @Override
    public synchronized void close() throws IOException {
        for (PackedBlob blob = idle.poll(); blob != null; blob = idle.poll()) {
            blob.close();
        }
        try {
            if (out != null) {
                out.close();
                out = null;
            }
        } finally {
            if (file != null) {
                Files.deleteIfExists(file);
                file = null;
            }
        }
    }
}
