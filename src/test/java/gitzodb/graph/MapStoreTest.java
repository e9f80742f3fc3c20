package gitzodb.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapStoreTest {
    private static final Stamp STAMP = new Stamp(new Tid(7), Bytes.utf8("transaction"), Bytes.utf8("settings"));
    private static final Stamp LATER = new Stamp(new Tid(8), Bytes.utf8("later"), Bytes.utf8("settings"));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("map");
    }

    private MapStore open() throws IOException {
        return MapStore.open(file(), stamp -> true);
    }

    private static StoreMap<Oid, String> names(MapStore store) {
        return store.map("names", MapCodec.OID, MapCodec.TEXT);
    }

    @Test
    void keepsWhatWasCommitted() throws IOException {
        try (MapStore store = open()) {
            assertThat(store.stamp()).isEmpty();
            names(store).put(new Oid(5), "five");
            store.commit(STAMP);
            assertThat(store.stamp()).contains(STAMP);
        }
        try (MapStore store = open()) {
            assertThat(store.stamp()).contains(STAMP);
            assertThat(names(store).get(new Oid(5))).isEqualTo("five");
            assertThat(names(store).get(new Oid(6))).isNull();
        }
    }

    @Test
    void aTemporaryStoreLeavesNoFile() throws IOException {
        Path temp = Path.of(System.getProperty("java.io.tmpdir"));
        List<Path> before = maps(temp);
        List<Path> made;
        try (MapStore store = MapStore.temporary()) {
            made = maps(temp);
            made.removeAll(before);
            StoreMap<Oid, String> names = names(store);
            String text = "x".repeat(10_000);
            int count = 0;
            while (!store.isSpillDue()) {
                names.put(new Oid(count), count + text);
                count++;
            }
            store.spill();
            assertThat(names.get(new Oid(0))).isEqualTo("0" + text);
            assertThat(names.get(new Oid(count - 1))).isEqualTo(count - 1 + text);
            assertThat(made)
                    .as("one of them ours")
                    .isNotEmpty()
                    .anyMatch(file -> file.toFile().length() > 20_000_000);
        }
        assertThat(made).anyMatch(Files::notExists);
    }

    private static List<Path> maps(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return new ArrayList<>(
                    files.filter(file -> file.getFileName().toString().startsWith("git-zodb")
                                    && file.toString().endsWith(".map"))
                            .toList());
        }
    }

    @Test
    void forgetsWhatWasNotCommitted() throws IOException {
        try (MapStore store = open()) {
            names(store).put(new Oid(5), "five");
            store.commit(STAMP);
            names(store).put(new Oid(5), "cinq");
            names(store).put(new Oid(6), "six");
        }
        try (MapStore store = open()) {
            assertThat(names(store).get(new Oid(5))).isEqualTo("five");
            assertThat(names(store).has(new Oid(6))).isFalse();
            assertThat(store.stamp()).contains(STAMP);
        }
    }

    @Test
    void rollsBackToTheLastCommit() throws IOException {
        for (MapStore store : List.of(open(), MapStore.inMemory())) {
            try (store) {
                StoreMap<Oid, String> names = names(store);
                names.put(new Oid(5), "five");
                store.commit(STAMP);
                names.put(new Oid(5), "cinq");
                names.put(new Oid(6), "six");
                store.rollback();
                assertThat(names.get(new Oid(5))).isEqualTo("five");
                assertThat(names.size()).isEqualTo(1);
                names.put(new Oid(7), "seven");
                store.commit(LATER);
                store.clear();
                assertThat(store.stamp()).isEmpty();
                assertThat(names.size()).isZero();
                store.rollback();
                assertThat(store.stamp()).contains(LATER);
                assertThat(names.get(new Oid(7))).isEqualTo("seven");
            }
        }
    }

    @Test
    void startsAnewIfTheStampDoesNotFit() throws IOException {
        try (MapStore store = open()) {
            names(store).put(new Oid(5), "five");
            store.commit(STAMP);
        }
        try (MapStore store = MapStore.open(file(), LATER::equals)) {
            assertThat(store.stamp()).isEmpty();
            assertThat(names(store).size()).isZero();
        }
    }

    @Test
    void ordersKeysAsUnsigned() throws IOException {
        try (MapStore store = open()) {
            StoreMap<Oid, String> names = names(store);
            for (long value : new long[] {-1, 3, 0x80, 0x7f, Long.MIN_VALUE}) {
                names.put(new Oid(value), "");
            }
            List<Long> seen = new ArrayList<>();
            names.scan(new Oid(4), (oid, name) -> seen.add(oid.value()));
            assertThat(seen).containsExactly(0x7fL, 0x80L, Long.MIN_VALUE, -1L);
            seen.clear();
            names.scan(null, (oid, name) -> {
                seen.add(oid.value());
                return seen.size() < 2;
            });
            assertThat(seen).containsExactly(3L, 0x7fL);
        }
    }

    @Test
    void whatWasSpilledCountsForNothing() throws IOException {
        try (MapStore store = open()) {
            StoreMap<Oid, byte[]> blobs = store.map("blobs", MapCodec.OID, MapCodec.RAW);
            store.commit(STAMP);
            for (int i = 0; !store.isSpillDue(); i++) {
                blobs.put(new Oid(i), new byte[100_000]);
            }
            store.spill();
            assertThat(Files.size(file())).isGreaterThan(20_000_000);
            assertThat(store.stamp()).isEmpty();
        }
        try (MapStore store = open()) {
            assertThat(store.stamp()).isEmpty();
            assertThat(store.map("blobs", MapCodec.OID, MapCodec.RAW).size()).isZero();
        }
    }

    @Test
    void refusesASecondUser() throws IOException {
        try (MapStore store = open()) {
            store.commit(STAMP);
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("another process");
            assertThat(Files.exists(file())).isTrue();
        }
    }

    @Test
    void startsAnewIfTheFileIsNoMap() throws IOException {
        Files.writeString(file(), "no map\n".repeat(10_000));
        try (MapStore store = open()) {
            assertThat(store.stamp()).isEmpty();
        }
    }

    /** Whatever is overwritten or cut off: the contents are right, or damage is reported as what it is. */
    @Test
    void neverTakesADamagedFileForAWholeOne() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            MapStore.discard(file());
            int size = 3_000;
            try (MapStore store = open()) {
                StoreMap<Oid, String> names = names(store);
                for (int i = 0; i < size; i++) {
                    names.put(new Oid(i), "name " + i);
                }
                store.commit(STAMP);
            }
            byte[] bytes = Files.readAllBytes(file());
            int at = random.nextInt(bytes.length);
            if (random.nextInt(4) == 0) {
                bytes = java.util.Arrays.copyOf(bytes, at);
            } else {
                for (int i = 0; i < 64 && at + i < bytes.length; i++) {
                    bytes[at + i] = (byte) random.nextInt();
                }
            }
            Files.write(file(), bytes);
            try (MapStore store = open()) {
                if (store.stamp().isPresent()) {
                    StoreMap<Oid, String> names = names(store);
                    for (int i = 0; i < size; i++) {
                        assertThat(names.get(new Oid(i))).as("seed %d", seed).isEqualTo("name " + i);
                    }
                } else {
                    names(store).put(new Oid(1), "again");
                    store.commit(LATER);
                }
            } catch (DamagedMapException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
    }
}
