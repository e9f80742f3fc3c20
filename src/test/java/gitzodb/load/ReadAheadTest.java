package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileTree;
import gitzodb.tree.ForwardingTree;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReadAheadTest {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<object class=\"m.C\"/>\n";
    private static final Bytes MEBIBYTE = Bytes.wrap(new byte[1 << 20]);

    private final MemoryTree files = new MemoryTree();

    private void xml(String path) {
        files.put(path, Bytes.utf8(XML));
    }

    /** A tree that notes what is asked of it, on either side. */
    private static class Noted implements ForwardingTree {
        private final FileTree tree;
        private final @org.jspecify.annotations.Nullable FileTree twin;
        private final List<String> asked = new ArrayList<>();

        Noted(FileTree tree, @org.jspecify.annotations.Nullable FileTree twin) {
            this.tree = tree;
            this.twin = twin;
        }

        @Override
        public FileTree tree() {
            return tree;
        }

        @Override
        public Optional<FileTree> twin() {
            return Optional.ofNullable(twin);
        }

        @Override
        public List<Entry> list(String folder) throws IOException {
            asked.add(folder + '/');
            return tree.list(folder);
        }

        @Override
        public Bytes read(String path) throws IOException {
            asked.add(path);
            return tree.read(path);
        }

        @Override
        public Optional<Bytes> read(String path, int most) throws IOException {
            asked.add(path);
            return tree.read(path, most);
        }

        @Override
        public InputStream open(String path) throws IOException {
            asked.add(path);
            return tree.open(path);
        }
    }

    /** Walks a tree as a load does: each unit has a source beside it. */
    private static List<String> walk(FileTree tree, Problems problems) throws IOException {
        List<String> seen = new ArrayList<>();
        new TreeWalk(tree, problems).walk(unit -> {
            seen.add(unit.file());
            String source = unit.file().replace(".zodb.xml", ".txt");
            Set<String> claimed = new HashSet<>();
            if (tree.find(source).isPresent()) {
                seen.add(source + " " + tree.read(source).length());
                claimed.add(source.substring(source.lastIndexOf('/') + 1));
            }
            return claimed;
        });
        return seen;
    }

    private void site() {
        xml("__self__.zodb.xml");
        for (int i = 0; i < 30; i++) {
            String folder = "f" + i % 7 + "/g" + i;
            xml("f" + i % 7 + "/__self__.zodb.xml");
            xml(folder + "/__self__.zodb.xml");
            files.put(folder + "/__self__.txt", Bytes.utf8("own"));
            for (int j = 0; j < 10; j++) {
                xml(folder + "/o" + j + ".zodb.xml");
                files.put(folder + "/o" + j + ".txt", Bytes.utf8("t".repeat(i * j)));
            }
        }
        files.put("f1/big.txt", Bytes.wrap(new byte[ReadAhead.MAX_FILE + 1]));
        xml("f1/big.zodb.xml");
    }

    @Test
    void givesWhatTheTreeGivesAndReadsItOnce() throws IOException {
        site();
        Problems problems = new Problems();
        List<String> expected = walk(files, problems);
        Noted tree = new Noted(files, new Noted(files, null));
        Problems ahead = new Problems();
        try (ReadAhead read = ReadAhead.of(tree)) {
            assertThat(walk(read, ahead)).isEqualTo(expected);
        }
        assertThat(ahead.list()).isEqualTo(problems.list());
        // If the two went in different orders, the first one would have to read for itself.
        assertThat(tree.asked).containsExactly("f1/big.txt");
    }

    @Test
    void throwsAnErrorWhereItWouldBeWithoutIt() throws IOException {
        site();
        FileTree broken = new Noted(files, null) {
            @Override
            public Optional<Bytes> read(String path, int most) throws IOException {
                return Optional.of(read(path));
            }

            @Override
            public Bytes read(String path) throws IOException {
                if (path.equals("f3/g10/o7.txt")) {
                    throw new IOException("unreadable " + path);
                }
                return super.read(path);
            }
        };
        List<String> seen = new ArrayList<>();
        try (ReadAhead read = ReadAhead.of(new Noted(broken, broken))) {
            assertThatThrownBy(() -> new TreeWalk(read, new Problems()).walk(unit -> {
                        seen.add(unit.file());
                        String source = unit.file().replace(".zodb.xml", ".txt");
                        if (read.find(source).isPresent()) {
                            read.read(source);
                        }
                        return Set.of();
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("unreadable f3/g10/o7.txt");
        }
        assertThat(seen).last().isEqualTo("f3/g10/o7.zodb.xml");
    }

    @Test
    void readsOnTheSpotWhenTheSecondThreadFails() throws IOException {
        site();
        FileTree failing = new Noted(files, null) {
            @Override
            public Optional<Bytes> read(String path, int most) throws IOException {
                if (path.startsWith("f2")) {
                    throw new AssertionError("an error of the second thread");
                }
                return super.read(path, most);
            }
        };
        try (ReadAhead read = ReadAhead.of(new Noted(files, failing))) {
            assertThat(walk(read, new Problems())).isEqualTo(walk(files, new Problems()));
        }
    }

    @Test
    void holdsLittleAndEndsItsThreadWhenClosed() throws Exception {
        xml("__self__.zodb.xml");
        for (int i = 0; i < 40; i++) {
            files.put("f" + i % 4 + "/file" + i, MEBIBYTE);
        }
        AtomicLong count = new AtomicLong();
        CountDownLatch full = new CountDownLatch((int) (ReadAhead.WAITING >> 20));
        Thread[] reader = new Thread[1];
        FileTree twin = new Noted(files, null) {
            @Override
            public Optional<Bytes> read(String path, int most) throws IOException {
                reader[0] = Thread.currentThread();
                count.addAndGet(files.read(path).length());
                full.countDown();
                return super.read(path, most);
            }
        };
        try (ReadAhead read = ReadAhead.of(new Noted(files, twin))) {
            full.await();
            Thread.sleep(100);
            assertThat(count.get()).isLessThan(ReadAhead.WAITING + 3L * MEBIBYTE.length());
            assertThat(read.list("")).hasSize(5);
        }
        assertThat(reader[0].isAlive()).isFalse();
    }

    @Test
    void isNotHeldUpByWhatNobodyAsksFor() throws IOException {
        xml("__self__.zodb.xml");
        for (int i = 0; i < 10; i++) {
            files.put("stray" + i, MEBIBYTE);
            xml("f" + i + "/__self__.zodb.xml");
            files.put("f" + i + "/stray", MEBIBYTE);
            files.put("f" + i + "/stray2", MEBIBYTE);
            files.put("f" + i + "/stray3", MEBIBYTE);
        }
        Problems problems = new Problems();
        try (ReadAhead read = ReadAhead.of(files)) {
            assertThat(walk(read, problems)).hasSize(11);
        }
        assertThat(problems.list()).hasSize(40);
    }

    @Test
    void readsAFileAsOftenAsItIsAskedFor() throws IOException {
        site();
        try (ReadAhead read = ReadAhead.of(files)) {
            read.list("");
            assertThat(read.parsed("__self__.zodb.xml")).isEqualTo(read.parsed("__self__.zodb.xml"));
            assertThat(read.read("f0/g0/o1.txt")).isEqualTo(read.read("f0/g0/o1.txt"));
            assertThat(read.find("f0/g0/none")).isEmpty();
            assertThat(read.find("none")).isEmpty();
            assertThatThrownBy(() -> read.read("none")).isInstanceOf(IOException.class);
        }
    }
}
