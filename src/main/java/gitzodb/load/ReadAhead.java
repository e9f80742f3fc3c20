package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.ForwardingTree;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tree whose folders and smaller files a second thread reads, and parses, in the order in which {@link TreeWalk} asks
 * for them. Whatever it could not read, has not read yet or does not hold is read on the spot, so that an error is thrown
 * where it would be without it. A folder is taken to stay as it was listed. Used by one thread; the second one ends with
 * {@link #close}, and the tree can still be read after it.
 */
final class ReadAhead implements ForwardingTree, Closeable {
    /** Longer files are not read ahead. */
    static final int MAX_FILE = 1 << 20;

    /** What may wait, in bytes. */
    static final long WAITING = 2 << 20;

    /** What a waiting file or entry weighs besides its content. */
    private static final int OVERHEAD = 128;

    /** How much more elements weigh than the text they were read from. */
    private static final int ELEMENTS = 8;

    private static final Item NOTHING = new Item.Nothing();
    private static final Comparator<Entry> BY_NAME = Comparator.comparing(Entry::name);

    /** What was read; nothing for what could not be, or is too long. */
    private sealed interface Item {
        record Folder(List<Entry> entries) implements Item {}

        record Xml(ParsedFile file) implements Item {}

        record Content(Bytes bytes) implements Item {}

        record Nothing() implements Item {}
    }

    private final FileTree tree;
    private final AheadQueue<Item> queue = new AheadQueue<>(WAITING);
    private final @Nullable Thread reader;
    private final Set<String> asked = new HashSet<>();
    private @Nullable String folder;
    private List<Entry> entries = List.of();

    private ReadAhead(FileTree tree, @Nullable FileTree twin) {
        this.tree = tree;
        if (twin == null) {
            reader = null;
            queue.end();
        } else {
            reader = new Thread(() -> read(twin), "files of a load");
            reader.setDaemon(true);
            // What it does not deliver is read on the spot, and fails there if it has to.
            reader.setUncaughtExceptionHandler((thread, error) -> {});
            reader.start();
        }
    }

    /** Starts to read a tree; one that only one thread at a time can read is read when asked for. */
    static ReadAhead of(FileTree tree) {
        return new ReadAhead(tree, tree.twin().orElse(null));
    }

    /** As {@link #of(FileTree)} if all is read; of a part nothing is read ahead. */
    static ReadAhead of(FileTree tree, Unread unread) {
        return unread == Unread.NOTHING ? of(tree) : new ReadAhead(tree, null);
    }

    @Override
    public FileTree tree() {
        return tree;
    }

    @Override
    public Optional<FileTree> twin() {
        return Optional.empty();
    }

    @Override
    public List<Entry> list(String path) throws IOException {
        asked.clear();
        folder = null;
        List<Entry> listed = take(path + '/', true) instanceof Item.Folder(List<Entry> found) ? found : tree.list(path);
        folder = path;
        entries = listed;
        return listed;
    }

    @Override
    public Optional<Entry> find(String path) throws IOException {
        String in = folder;
        int slash = path.lastIndexOf('/');
        if (in == null || Math.max(0, slash) != in.length() || !path.startsWith(in)) {
            return tree.find(path);
        }
        int at = Collections.binarySearch(entries, new Entry(path.substring(slash + 1), Kind.FILE), BY_NAME);
        return at < 0 ? Optional.empty() : Optional.of(entries.get(at));
    }

    @Override
    public Bytes read(String path) throws IOException {
        return take(path) instanceof Item.Content(Bytes content) ? content : tree.read(path);
    }

    @Override
    public Optional<Bytes> read(String path, int most) throws IOException {
        return take(path) instanceof Item.Content(Bytes content) && content.length() <= most
                ? Optional.of(content)
                : tree.read(path, most);
    }

    @Override
    public InputStream open(String path) throws IOException {
        return take(path) instanceof Item.Content(Bytes content) ? content.stream() : tree.open(path);
    }

    /** Returns an XML file. */
    ParsedFile parsed(String path) throws IOException {
        return take(path) instanceof Item.Xml(ParsedFile file) ? file : ParsedFile.of(path, tree.read(path));
    }

    /** What was asked for before is not in the queue any more. */
    private @Nullable Item take(String path) throws IOException {
        return asked.add(path) ? take(path, false) : null;
    }

    private @Nullable Item take(String key, boolean dropping) throws IOException {
        try {
            return dropping ? queue.takeFrom(key) : queue.take(key);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() throws IOException {
        queue.end();
        try {
            if (reader != null) {
                reader.join();
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void read(FileTree twin) {
        Deque<String> open = new ArrayDeque<>(List.of(""));
        try {
            while (!open.isEmpty()) {
                String next = open.pop();
                List<Entry> listed = list(twin, next);
                if (listed == null || !files(twin, next, listed)) {
                    return;
                }
                for (Entry entry : listed.reversed()) {
                    if (entry.kind() == Kind.FOLDER) {
                        open.push(FileNames.join(next, entry.name()));
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            queue.end();
        }
    }

    /** Returns the entries of a folder, none if it cannot be read; null if nobody wants them any more. */
    private @Nullable List<Entry> list(FileTree twin, String path) throws InterruptedException {
        Item item = NOTHING;
        List<Entry> listed = List.of();
        try {
            listed = twin.list(path);
            item = new Item.Folder(listed);
        } catch (IOException | RuntimeException e) {
            // The one who asks for it will meet the error.
            item = NOTHING;
        }
        return queue.add(path + '/', item, (long) OVERHEAD * (1 + listed.size())) ? listed : null;
    }

    /** Reads the files of a folder, its own first; false if nobody wants them any more. */
    private boolean files(FileTree twin, String path, List<Entry> listed) throws InterruptedException {
        String self = FileNames.xml(FileNames.SELF);
        boolean wanted = !listed.contains(new Entry(self, Kind.FILE)) || file(twin, FileNames.join(path, self));
        for (Entry entry : listed) {
            boolean other = entry.kind() == Kind.FILE && !entry.name().equals(self);
            wanted = wanted && (!other || file(twin, FileNames.join(path, entry.name())));
        }
        return wanted;
    }

    private boolean file(FileTree twin, String path) throws InterruptedException {
        Item item = NOTHING;
        long weight = OVERHEAD;
        try {
            Bytes content = twin.read(path, MAX_FILE).orElse(null);
            if (content != null && path.endsWith(FileNames.XML)) {
                item = new Item.Xml(ParsedFile.of(path, content));
                weight += (long) ELEMENTS * content.length();
            } else if (content != null) {
                item = new Item.Content(content);
                weight += content.length();
            }
        } catch (IOException | RuntimeException e) {
            // The one who asks for it will meet the error.
            item = NOTHING;
        }
        return queue.add(path, item, weight);
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while files are read");
        interrupted.initCause(cause);
        return interrupted;
    }
}
