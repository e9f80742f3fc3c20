package gitzodb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.load.FullLoad;
import gitzodb.load.Verify;
import gitzodb.oracle.Damage;
import gitzodb.oracle.Oracle;
import gitzodb.sync.FirstSettings;
import gitzodb.sync.LooseDatabase;
import gitzodb.sync.Progress;
import gitzodb.sync.Surroundings;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.Problem;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeSettings;
import gitzodb.zodb.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage anywhere in a database or in a tree is one line and a code of the manual, never an internal error. */
class DamagedInputTest {
    private static final long SEED = Long.getLong("gitzodb.seed", System.nanoTime());
    private static final int ROUNDS = Integer.getInteger("gitzodb.rounds", 40);
    private static final ClassFormats FORMATS = new ClassFormats(BuiltinFormats.all());
    private static final Surroundings HERE =
            new Surroundings(FORMATS, new FileStorages(InstantSource.system()), InstantSource.system(), Progress.NONE);

    @TempDir
    private Path temp;

    /** Something that may fail as a command may. */
    @FunctionalInterface
    private interface Use {
        void run() throws IOException;
    }

    /** Runs it; fails the test if it fails otherwise than a command may. */
    private static void survive(String about, List<String> failures, Use use) {
        try {
            use.run();
        } catch (BadTreeException bad) {
            if (bad.problems().isEmpty()) {
                failures.add(about + ": refused without a reason");
            }
            bad.problems().stream()
                    .map(Problem::toString)
                    .filter(line -> line.isBlank() || line.contains("\n"))
                    .forEach(line -> failures.add(about + ": " + line));
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            Set<ExitCode> codes = Set.of(ExitCode.BAD_DATA, ExitCode.UNREACHABLE);
            if (!codes.contains(Failures.exitCode(e)) || message.contains("\n") || message.length() > 2000) {
                failures.add(about + ": " + Failures.exitCode(e) + " " + e);
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            StackTraceElement[] trace = e.getStackTrace();
            failures.add(about + ": " + e + " at " + Arrays.toString(Arrays.copyOf(trace, Math.min(6, trace.length))));
        }
    }

    @Test
    @Timeout(600)
    void anyFieldOfADatabase() throws IOException {
        Path site = Oracle.copyFixture("small", temp.resolve("site"));
        Path dataFs = site.resolve("Data.fs");
        Files.delete(site.resolve("Data.fs.index"));
        byte[] sound = Files.readAllBytes(dataFs);
        SortedMap<String, List<DataFsFields.Field>> fields = DataFsFields.of(sound);
        List<String> kinds = List.copyOf(fields.keySet());
        assertThat(kinds).contains("back pointer", "pickle").hasSizeGreaterThanOrEqualTo(14);
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> failures = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<DataFsFields.Field> ofKind = Objects.requireNonNull(fields.get(kinds.get(round % kinds.size())));
            DataFsFields.Field field = ofKind.get(random.nextInt(ofKind.size()));
            Damage damage = Damage.any(random);
            byte[] damaged = damage.of(sound, field.position(), field.length(), random);
            Files.write(dataFs, damaged);
            String about = "seed %d, round %d, %s of %s".formatted(SEED, round, damage, field);
            survive(about, failures, () -> {
                try (LooseDatabase database = LooseDatabase.open(HERE, dataFs.toString())) {
                    database.classes();
                    database.dump(new MemoryTree(), DumpOptions.ALL, FirstSettings.USUAL, Optional.empty());
                }
            });
            assertThat(Files.readAllBytes(dataFs)).as(about).isEqualTo(damaged);
        }
        assertThat(failures).isEmpty();
        try (Stream<Path> files = Files.list(site)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("Data.fs", "Extensions", "blobs");
        }
    }

    @Test
    @Timeout(600)
    void anyFileOfATree() throws IOException {
        Path site = Oracle.copyFixture("small", temp.resolve("site"));
        MemoryTree sound = new MemoryTree();
        try (LooseDatabase database = LooseDatabase.open(HERE, site.toString())) {
            database.dump(sound, DumpOptions.ALL, FirstSettings.USUAL, Optional.empty());
        }
        List<String> failures = new ArrayList<>();
        load("no damage", sound, failures);
        assertThat(failures).isEmpty();
        List<String> paths = sound.files().entrySet().stream()
                .filter(file -> !file.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        SplittableRandom random = new SplittableRandom(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            MemoryTree tree = new MemoryTree();
            sound.files().forEach(tree::put);
            StringBuilder about = new StringBuilder("seed %d, round %d:".formatted(SEED, round));
            for (int i = random.nextInt(3); i >= 0; i--) {
                String path = random.nextInt(8) == 0 ? ".zodbconfig" : paths.get(random.nextInt(paths.size()));
                byte[] file = sound.read(path).toArray();
                int position = random.nextInt(file.length);
                int length = 1 + random.nextInt(Math.min(40, file.length - position));
                Damage damage = Damage.any(random);
                tree.put(path, Bytes.wrap(damage.of(file, position, length, random)));
                about.append(" %s of %s at %d".formatted(damage, path, position));
            }
            load(about.toString(), tree, failures);
        }
        assertThat(failures).isEmpty();
    }

    private static void load(String about, MemoryTree tree, List<String> failures) {
        survive(about, failures, () -> {
            TreeSettings settings = TreeSettings.parse(tree.read(".zodbconfig"));
            new Verify(tree, FORMATS, settings).problems();
            MemoryStorage storage = new MemoryStorage(settings.generation(), InstantSource.system());
            new FullLoad(tree, FORMATS, settings).into(storage, TransactionText.of("ida", "load"));
        });
    }
}
