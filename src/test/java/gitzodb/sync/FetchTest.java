package gitzodb.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.demo.DemoSite;
import gitzodb.filestorage.FileStorage;
import gitzodb.formats.BuiltinFormats;
import gitzodb.git.HermeticGit;
import gitzodb.git.Repository;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.LoadedRecord;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import gitzodb.zodb.Storage;
import gitzodb.zodb.StorageTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private static final int PROTOCOL = 3;
    private static final Oid SCRIPT = new Oid(4);
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path folder;

    private HermeticGit git;
    private Path site;

    @BeforeEach
    void makeSite() throws IOException {
        git = HermeticGit.in(folder);
        site = git.folder().resolve("Data.fs");
        try (Storage storage = FileStorage.create(site, Generation.PYTHON3, FileStorage.Options.of(CLOCK))) {
            DemoSite.create(storage);
        }
    }

    @Test
    void oneFetchOfManyTransactionsMakesTheCommitsOfManyFetches() throws IOException {
        Path often = bind("often");
        Path once = bind("once");
        ObjectId third = null;
        for (int i = 1; i <= 12; i++) {
            edit("return " + i, Bytes.EMPTY);
            ObjectId live = fetch(often).live();
            third = i == 3 ? live : third;
        }
        ObjectId last = fetch(often).live();
        assertThat(fetch(once)).isEqualTo(new Fetch.Result(root(once), last, 12, 12, Optional.empty()));
        git.run(once, "fsck", "--strict");
        assertThat(git.run(once, "log", "--format=%H", "zodb/live"))
                .isEqualTo(git.run(often, "log", "--format=%H", "zodb/live"));
    }

    @Test
    void aTransactionMadeFromACommitOfTheSameFetchIsThatCommit() throws IOException {
        Path often = bind("often");
        Path once = bind("once");
        edit("return 1", Bytes.EMPTY);
        ObjectId first = fetch(often).live();
        edit("return 2", Bytes.EMPTY);
        edit("return 1", PushNote.of(first.name()).extension(Generation.PYTHON3));
        assertThat(fetch(often).live()).isEqualTo(first);
        edit("return 3", Bytes.EMPTY);
        ObjectId last = fetch(often).live();
        assertThat(git.run(often, "rev-parse", "zodb/live~1")).isEqualTo(first.name());

        assertThat(fetch(once).live()).isEqualTo(last);
    }

    @Test
    void manyTransactionsMakeOnePack() throws IOException {
        Path work = bind("work");
        long before = packs(work);
        String loose = git.run(work, "count-objects");
        for (int i = 1; i <= 12; i++) {
            edit("return " + i, Bytes.EMPTY);
        }
        fetch(work);
        assertThat(packs(work)).isEqualTo(before + 1);
        assertThat(git.run(work, "count-objects")).isEqualTo(loose);
    }

    private static long packs(Path work) throws IOException {
        try (Stream<Path> files = Files.list(work.resolve(".git/objects/pack"))) {
            return files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }

    private Optional<ObjectId> root(Path work) throws IOException {
        return Optional.of(ObjectId.fromString(git.run(work, "rev-list", "--max-parents=0", "zodb/live")));
    }

    private Path bind(String name) throws IOException {
        Path work = git.init(name);
        try (Repository repository = Repository.open(git.git(work))) {
            new Init(surroundings(), repository)
                    .run(new Init.Request(
                            site.toString(), "zodb", "zodb", FirstSettings.USUAL, List.of(), false, Optional.empty()));
        }
        return work;
    }

    private Fetch.Result fetch(Path work) throws IOException {
        try (Repository repository = Repository.open(git.git(work));
                BoundDatabase database = BoundDatabase.open(surroundings(), repository, Optional.empty())) {
            return new Fetch(database).run(false);
        }
    }

    private void edit(String body, Bytes extension) throws IOException {
        try (Storage storage = FileStorage.open(site, FileStorage.Options.of(CLOCK));
                Snapshot now = storage.snapshot();
                StorageTransaction transaction =
                        storage.begin(Bytes.utf8("/acl_users ida"), Bytes.utf8("edit"), extension)) {
            LoadedRecord loaded = now.load(SCRIPT).orElseThrow();
            ObjectState state = ObjectRecord.parse(loaded.data(), Generation.PYTHON3);
            PyDict attributes = new PyDict();
            for (PyDict.Entry entry : Objects.requireNonNull(state.attributes()).entries()) {
                attributes.put(entry.key(), entry.value());
            }
            attributes.put(new Value.Text("_body"), new Value.Text(body + "\n"));
            Bytes data = ObjectRecord.write(new ObjectState(state.meta(), attributes), Generation.PYTHON3, PROTOCOL);
            transaction.store(SCRIPT, loaded.tid(), data);
            transaction.vote();
            transaction.finish();
        }
    }

    private static Surroundings surroundings() {
        return new Surroundings(new ClassFormats(BuiltinFormats.all()), new ByPath(), CLOCK, Progress.NONE);
    }

    /** Opens databases by their path. */
    private record ByPath() implements StorageOpener {
        @Override
        public Storage open(String url, Optional<Path> index) throws IOException {
            return FileStorage.open(Path.of(url), FileStorage.Options.of(CLOCK));
        }

        @Override
        public Storage create(String url, Generation generation) throws IOException {
            return FileStorage.create(Path.of(url), generation, FileStorage.Options.of(CLOCK));
        }

        @Override
        public String absolute(String url) {
            return url;
        }
    }
}
