package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobPackTest {
    @TempDir
    Path folder;

    private HermeticGit git;
    private Path work;
    private Repository repository;

    @BeforeEach
    void open() throws IOException {
        git = HermeticGit.in(folder);
        work = git.init("work");
        repository = Repository.open(git.git(work));
    }

    @AfterEach
    void close() {
        repository.close();
    }

    @Test
    void gitReadsWhatSeveralThreadsInserted() throws Exception {
        Map<ObjectId, Bytes> inserted = new ConcurrentHashMap<>();
        List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
        try (BlobPack pack = BlobPack.open(repository)) {
            List<Thread> threads = new ArrayList<>();
            for (int seed = 0; seed < 4; seed++) {
                SplittableRandom random = new SplittableRandom(seed);
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int i = 0; i < 100; i++) {
                            Bytes content = content(random);
                            inserted.put(pack.insert(content), content);
                        }
                    } catch (IOException | RuntimeException e) {
                        errors.add(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            pack.flush();
        }
        assertThat(errors).isEmpty();
        git.run(work, "fsck", "--strict", "--full");
        String index = git.run(work, "verify-pack", "-v", packs().getFirst().toString());
        for (ObjectId id : inserted.keySet()) {
            assertThat(index.lines().filter(line -> line.startsWith(id.name() + " blob ")))
                    .as(id.name())
                    .hasSize(1);
        }
        for (Map.Entry<ObjectId, Bytes> blob : inserted.entrySet()) {
            assertThat(Bytes.wrap(repository.reader().open(blob.getKey()).getBytes()))
                    .isEqualTo(blob.getValue());
        }
    }

    /** Where the length takes one byte more, and where the content does not fit the first buffer. */
    @Test
    void blobsOfAnyLengthComeBack() throws IOException {
        Map<ObjectId, Bytes> inserted = new HashMap<>();
        SplittableRandom random = new SplittableRandom(7);
        try (BlobPack pack = BlobPack.open(repository)) {
            for (int size : new int[] {0, 1, 15, 16, 2047, 2048, 16_384, 262_143, 262_144, 3_000_000}) {
                byte[] bytes = new byte[size];
                random.nextBytes(bytes);
                inserted.put(pack.insert(Bytes.wrap(bytes)), Bytes.wrap(bytes));
            }
            pack.flush();
        }
        git.run(work, "fsck", "--strict", "--full");
        for (Map.Entry<ObjectId, Bytes> blob : inserted.entrySet()) {
            assertThat(git.run(work, "cat-file", "-s", blob.getKey().name()))
                    .isEqualToIgnoringNewLines("" + blob.getValue().length());
            assertThat(Bytes.wrap(repository.reader().open(blob.getKey()).getBytes()))
                    .isEqualTo(blob.getValue());
        }
    }

    @Test
    void isShorterThanItsBlobsWhereThatIsPossible() throws IOException {
        byte[] dense = new byte[300_000];
        new SplittableRandom(1).nextBytes(dense);
        byte[] text = "a line of text, and one more\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        byte[] half = dense.clone();
        System.arraycopy(text, 0, half, 100_000, 100_000);
        try (BlobPack pack = BlobPack.open(repository)) {
            for (byte[] content : List.of(dense, text, half)) {
                pack.insert(Bytes.wrap(content));
            }
            pack.flush();
        }
        git.run(work, "fsck", "--strict", "--full");
        assertThat(Files.size(packs().getFirst())).isBetween(490_000L, 520_000L);
    }

    @Test
    void nothingIsThereBeforeAFlushAndACloseLeavesNothing() throws IOException {
        try (BlobPack pack = BlobPack.open(repository)) {
            ObjectId id = pack.insert(Bytes.utf8("text"));
            assertThat(git.result(work, "cat-file", "-e", id.name()).succeeded())
                    .isFalse();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void anEmptyPackIsNoFile() throws IOException {
        try (BlobPack pack = BlobPack.open(repository)) {
            pack.flush();
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void whatAPackHasIsNotPackedAgain() throws IOException {
        for (int round = 0; round < 2; round++) {
            try (BlobPack pack = BlobPack.open(repository)) {
                for (int i = 0; i < 50; i++) {
                    pack.insert(Bytes.utf8("text " + i % 30));
                }
                pack.flush();
            }
            assertThat(files()).hasSize(2);
        }
        assertThat(git.run(work, "count-objects", "-v")).contains("in-pack: 30\n");
        try (BlobPack pack = BlobPack.open(repository)) {
            pack.insert(Bytes.utf8("text 1"));
            pack.insert(Bytes.utf8("new"));
            pack.flush();
        }
        assertThat(git.run(work, "count-objects", "-v")).contains("in-pack: 31\n");
    }

    @Test
    void whoMayReadTheRepositoryMayReadThePack() throws IOException {
        try (BlobPack pack = BlobPack.open(repository)) {
            pack.insert(Bytes.utf8("text"));
            pack.flush();
        }
        Path usual = Files.createFile(folder.resolve("usual"));
        for (Path file : files()) {
            assertThat(Files.getPosixFilePermissions(file).contains(PosixFilePermission.GROUP_READ))
                    .isEqualTo(Files.getPosixFilePermissions(usual).contains(PosixFilePermission.GROUP_READ));
        }
    }

    /** Some are equal to each other, some can be compressed. */
    private static Bytes content(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(40_000)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return Bytes.wrap(bytes);
    }

    private List<Path> packs() throws IOException {
        return files().stream()
                .filter(file -> file.toString().endsWith(".pack"))
                .toList();
    }

    private List<Path> files() throws IOException {
        Path packs = work.resolve(".git/objects/pack");
        try (Stream<Path> files = Files.list(packs)) {
            return files.toList();
        }
    }
}
