package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.dump.Dump;
import gitzodb.dump.DumpOptions;
import gitzodb.formats.BuiltinFormats;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.MapStore;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.SiteBuilder;
import gitzodb.tree.TransactionText;
import gitzodb.tree.TreeDifference;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeStates;
import gitzodb.zodb.MemoryStorage;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public class SecretsInTreesTest {
    private static final String RULES = """
            [class "m.Thing"]
            secret = a
            secret = b/*
            secret = data/*
            [class "OFS.Folder.Folder"]
            secret = a.b/*
            secret = ss
            [class "OFS.Image.File"]
            secret = caf\u00e9/*
            """;

    private final SiteBuilder site = new SiteBuilder(Generation.PYTHON3);
    private final MemoryStorage storage = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
    private TreeSettings settings = TreeSettings.of(Generation.PYTHON3);
    private Oid application = Oid.ROOT;

    /** Rules for what random sites hold; with derived attributes, which a fresh database would have made anew. */
    public static TreeSettings ruled(Generation generation) throws IOException {
        String head = new String(TreeSettings.of(generation).content().toArray(), StandardCharsets.UTF_8);
        return TreeSettings.parse(Bytes.utf8(head.replace("exact = false", "exact = true") + RULES));
    }

    @BeforeEach
    void startSite() {
        application = site.object("OFS.Application.Application");
        site.item(Oid.ROOT, "Application", application);
    }

    /** Does something with the database as it is now. */
    @FunctionalInterface
    private interface Use<T> {
        T with(TreeStates states, HomeGraph graph, MapStore store) throws IOException;
    }

    private <T> T use(MemoryStorage database, Use<T> use) throws IOException {
        try (Snapshot snapshot = database.snapshot();
                MapStore store = MapStore.inMemory()) {
            TreeStates states = new TreeStates(snapshot, BuiltinFormats.formats(), settings, IgnoreRules.NONE);
            HomeGraph graph = new HomeGraph(store);
            graph.build(states);
            return use.with(states, graph, store);
        }
    }

    private MemoryTree dump(MemoryStorage database) throws IOException {
        return use(database, (states, graph, store) -> {
            MemoryTree tree = new MemoryTree();
            new Dump(store, graph, states).full(tree, DumpOptions.ALL);
            return tree;
        });
    }

    private LoadResult load(MemoryTree tree) throws IOException {
        return use(
                storage,
                (states, graph, store) -> new Load(tree, states, graph, Load.Options.DEFAULT)
                        .into(storage, TransactionText.of("ida", "edit")));
    }

    private static String text(MemoryTree tree, String file) throws IOException {
        return new String(tree.read(file).toArray(), StandardCharsets.UTF_8);
    }

    private static void replace(MemoryTree tree, String file, String from, String to) throws IOException {
        assertThat(text(tree, file)).contains(from);
        tree.put(file, Bytes.utf8(text(tree, file).replace(from, to)));
    }

    private String kept(String path, String attribute) throws IOException {
        settings = TreeSettings.exact(Generation.PYTHON3);
        try {
            MemoryTree tree = dump(storage);
            return text(tree, path)
                    .lines()
                    .filter(line -> line.contains(attribute))
                    .findFirst()
                    .orElse("")
                    .strip();
        } finally {
            settings = TreeSettings.of(Generation.PYTHON3);
        }
    }

    /** A user manager of PluggableAuthService. */
    private void startManager(int users) throws IOException {
        Oid manager = site.object("Products.PluggableAuthService.plugins.ZODBUserManager.ZODBUserManager");
        List<Entry> hashes = new ArrayList<>();
        for (int i = 0; i < users; i++) {
            hashes.add(Entry.of(site.text("user%05d".formatted(i)), site.bytes("{SSHA}hash%05d".formatted(i))));
        }
        site.set(manager, "id", site.text("users"));
        site.set(manager, "_user_passwords", site.ref(site.tree("BTrees.OOBTree.OOBTree", hashes)));
        site.child(application, "users", manager);
        site.store(storage);
    }

    private String managerFile(MemoryTree tree) {
        return tree.files().keySet().stream()
                .filter(file -> file.startsWith("Application/users"))
                .filter(file -> file.endsWith("xml"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5000})
    void passwordsOfATreeArePlaceholdersAtTheirKeys(int users) throws IOException {
        startManager(users);
        MemoryTree tree = dump(storage);
        StringBuilder all = new StringBuilder();
        for (String file : tree.files().keySet()) {
            all.append(text(tree, file));
        }
        assertThat(all.toString()).contains("<secret name=\"user00001\"/>").doesNotContain("hash0");
        assertThat(load(tree)).isEqualTo(LoadResult.NOTHING);
    }

    @Test
    void passwordsOfATreeShownNodeByNodeFollowTheirKeys() throws IOException {
        Oid manager = site.object("Products.PlonePAS.plugins.user.UserManager");
        List<Entry> hashes = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            hashes.add(Entry.of(site.text("user%05d".formatted(i)), site.bytes("{SSHA}hash%05d".formatted(i))));
        }
        Oid tree = site.tree("BTrees.OOBTree.OOBTree", hashes);
        Oid other = site.object("m.Other");
        site.set(manager, "_user_passwords", site.ref(tree));
        site.set(other, "node", site.ref(new Oid(tree.value() + 1)));
        site.child(application, "users", manager).child(application, "zother", other);
        site.store(storage);
        MemoryTree dumped = dump(storage);
        String file = managerFile(dumped);
        assertThat(text(dumped, file))
                .contains("shown=\"nodes\"", "<secret name=\"user00001\"/>")
                .doesNotContain("hash0");
        assertThat(load(dumped)).isEqualTo(LoadResult.NOTHING);
        replace(dumped, file, "<secret name=\"user00000\"/>", "");
        replace(dumped, file, "<secret name=\"user00003\"/>", "<secret name=\"user00002x\"/>");
        assertThat(load(dumped).locked()).extracting(LoadResult.Locked::name).containsExactly("user00002x");
        assertThat(kept(file, "user00000")).isEmpty();
        assertThat(kept(file, "user00004")).contains("{SSHA}hash00004");
        assertThat(kept(file, "user00002x")).contains(">{SSHA}<");
    }

    @Test
    void anAccountThatIsAddedIsLockedAndOthersKeepTheirs() throws IOException {
        startManager(3);
        MemoryTree tree = dump(storage);
        String file = managerFile(tree);
        replace(tree, file, "    <secret name=\"user00000\"/>\n", "");
        replace(tree, file, "<secret name=\"user00002\"/>", "<secret name=\"zoe\"/><secret name=\"user00002\"/>");
        LoadResult result = load(tree);
        assertThat(result.locked()).containsExactly(new LoadResult.Locked("/Application/users#_user_passwords", "zoe"));
        assertThat(kept(file, "user00000")).isEmpty();
        assertThat(kept(file, "user00002")).contains("{SSHA}hash00002");
        assertThat(kept(file, "zoe")).isEqualTo("<bytes name=\"zoe\">{SSHA}</bytes>");
        assertThat(load(dump(storage))).isEqualTo(LoadResult.NOTHING);
    }

    @Test
    void aPasswordWrittenInTheFileIsSet() throws IOException {
        startManager(2);
        MemoryTree tree = dump(storage);
        String file = managerFile(tree);
        replace(tree, file, "<secret name=\"user00000\"/>", "<bytes name=\"user00000\">{SHA}x</bytes>");
        assertThat(load(tree).locked()).isEmpty();
        assertThat(kept(file, "user00000")).contains("{SHA}x");
        assertThat(kept(file, "user00001")).contains("{SSHA}hash00001");
        assertThat(text(dump(storage), file)).contains("<secret name=\"user00000\"/>");
    }

    @Test
    void aFreshDatabaseHasLockedAccountsAndNamesThem() throws IOException {
        startManager(2);
        MemoryTree tree = dump(storage);
        MemoryStorage fresh = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
        LoadResult result =
                new FullLoad(tree, BuiltinFormats.formats(), settings).into(fresh, TransactionText.of("ida", "load"));
        assertThat(result.locked()).extracting(LoadResult.Locked::name).containsExactly("user00000", "user00001");
        assertThat(TreeDifference.between(tree, dump(fresh))).isEmpty();
    }

    @Test
    void secretsAreHiddenHoweverDeepTheyAre() throws IOException {
        PyDict state = new PyDict();
        state.put(site.text("name"), site.text("eve"));
        state.put(site.text("__"), site.text("plain-eve"));
        Instance user =
                Instance.newobj(new Value.Global("AccessControl.users", "User")).state(state);
        PyDict users = new PyDict();
        users.put(site.text("eve"), new PyList(List.of(PyTuple.of(Value.TRUE, user))));
        Oid folder = site.object("m.OldUserFolder");
        site.set(folder, "users", users);
        site.child(application, "users", folder);
        site.store(storage);
        MemoryTree tree = dump(storage);
        String file = managerFile(tree);
        assertThat(text(tree, file)).contains("<secret name=\"__\"/>").doesNotContain("plain-eve");
        assertThat(load(tree)).isEqualTo(LoadResult.NOTHING);
        replace(tree, file, ">eve<", ">adam<");
        assertThat(load(tree).locked()).isEmpty();
        assertThat(kept(file, "\"__\"")).contains("plain-eve");
    }

    @Test
    void passwordsInAListFollowTheirItems() throws IOException {
        List<Value> accounts = new ArrayList<>();
        for (String name : List.of("ann", "bob", "cid")) {
            PyDict account = new PyDict();
            account.put(site.text("login"), site.text(name));
            account.put(site.text("password"), site.text("pw-" + name));
            accounts.add(Instance.newobj(new Value.Global("m", "Account")).state(account));
        }
        Oid thing = site.object("m.Remote");
        site.set(thing, "accounts", new PyList(accounts));
        site.child(application, "users", thing);
        site.store(storage);
        MemoryTree tree = dump(storage);
        String file = managerFile(tree);
        replace(tree, file, "<text name=\"login\">bob</text>", "<text name=\"login\">rob</text>");
        replace(tree, file, "<text name=\"login\">ann</text>", "<text name=\"login\">?</text>");
        replace(tree, file, "<text name=\"login\">cid</text>", "<text name=\"login\">ann</text>");
        replace(tree, file, "<text name=\"login\">?</text>", "<text name=\"login\">cid</text>");
        assertThat(load(tree).locked()).isEmpty();
        settings = TreeSettings.exact(Generation.PYTHON3);
        assertThat(text(dump(storage), file).replaceAll("\\s+", ""))
                .containsSubsequence("cid", "pw-cid", "rob", "pw-bob", "ann", "pw-ann");
    }

    @Test
    void settingsThatAreCalledSecretsAreHidden() throws IOException {
        Oid registry = site.object("plone.registry.registry.Registry");
        Oid values = site.tree(
                "BTrees.OOBTree.OOBTree",
                List.of(
                        Entry.of(site.text("plone.smtp_pass"), site.text("mail-pw")),
                        Entry.of(site.text("x.IForm.private_key"), site.text("form-key")),
                        Entry.of(site.text("plone.enable_user_pwd_choice"), Value.TRUE),
                        Entry.of(site.text("plone.passerby"), site.text("shown")),
                        Entry.of(site.text("plone.smtp_host"), site.text("mail.example"))));
        PyDict records = new PyDict();
        records.put(site.text("_values"), site.ref(values));
        site.set(
                registry,
                "_records",
                Instance.newobj(new Value.Global("plone.registry.registry", "_Records"))
                        .state(records));
        site.child(application, "users", registry);
        site.store(storage);
        String text = text(dump(storage), managerFile(dump(storage)));
        assertThat(text)
                .contains("<secret name=\"plone.smtp_pass\"/>")
                .contains("<secret name=\"x.IForm.private_key\"/>")
                .contains("mail.example", "shown")
                .doesNotContain("mail-pw", "form-key");
        assertThat(load(dump(storage))).isEqualTo(LoadResult.NOTHING);
    }

    @Test
    void aSitesOwnRulesHideAttributesAndWhatMappingsHold() throws IOException {
        Oid mapping = site.object(SiteBuilder.MAPPING);
        PyDict items = new PyDict();
        items.put(site.text("north"), site.text("key-of-north"));
        site.set(mapping, "data", items);
        Oid thing = site.object("m.Thing");
        site.set(thing, "a", new PyList(List.of(site.text("hidden-list"))));
        site.set(thing, "b", site.ref(mapping));
        site.child(application, "users", thing);
        site.store(storage);
        settings = ruled(Generation.PYTHON3);
        MemoryTree tree = dump(storage);
        String file = managerFile(tree);
        assertThat(text(tree, file))
                .contains("<secret name=\"a\"/>")
                .contains("<secret name=\"north\"/>")
                .doesNotContain("hidden-list", "key-of-north");
        assertThat(load(tree)).isEqualTo(LoadResult.NOTHING);
        replace(tree, file, "<secret name=\"north\"/>", "<secret name=\"north\"/><secret name=\"south\"/>");
        assertThat(load(tree).locked()).extracting(LoadResult.Locked::name).containsExactly("south");
        assertThat(kept(file, "north")).contains("key-of-north");
        assertThat(kept(file, "hidden")).contains("hidden-list");
    }

    @Test
    void aSnapshotOfAMailHostIsHiddenIfItHasAPassword() throws IOException {
        for (String password : List.of("", "open sesame")) {
            Oid template = site.object("Products.PageTemplates.ZopePageTemplate.ZopePageTemplate");
            String name = password.isEmpty() ? "without" : "with";
            site.set(template, "id", site.text(name));
            site.set(template, "_text", site.text("<object smtp_host=\"h\" smtp_pwd=\"" + password + "\"/>"));
            site.child(application, name, template);
        }
        site.store(storage);
        MemoryTree tree = dump(storage);
        assertThat(text(tree, "Application/with.zodb.xml")).contains("<secret name=\"_text\"/>");
        assertThat(text(tree, "Application/without.pt")).contains("smtp_pwd=\"\"");
    }

    @Test
    void aSnapshotOfAccountsIsHidden() throws IOException {
        for (String name : List.of("users", "page")) {
            Oid template = site.object("Products.PageTemplates.ZopePageTemplate.ZopePageTemplate");
            site.set(template, "id", site.text(name));
            String hash = name.equals("users") ? "<user password_hash=\"{SSHA}hash01\" />" : "<p>{SSHA}</p>";
            site.set(template, "_text", site.text(hash));
            site.child(application, name, template);
        }
        site.store(storage);
        MemoryTree tree = dump(storage);
        assertThat(text(tree, "Application/users.zodb.xml")).contains("<secret name=\"_text\"/>");
        assertThat(text(tree, "Application/page.pt")).isEqualTo("<p>{SSHA}</p>");
        assertThat(tree.files().keySet()).doesNotContain("Application/users.pt");
        assertThat(load(tree)).isEqualTo(LoadResult.NOTHING);
    }

    @Test
    void aKeyringThatIsNewHasKeysThatNobodyKnows() throws IOException {
        Oid keyring = site.object("plone.keyring.keyring.Keyring");
        site.set(keyring, "data", new PyList(List.of(site.text("key-1"), site.text("key-2"))));
        site.child(application, "users", keyring);
        site.store(storage);
        MemoryTree tree = dump(storage);
        assertThat(text(tree, managerFile(tree)))
                .contains("<secret name=\"data\"/>")
                .doesNotContain("key-1");
        replace(tree, managerFile(tree), "keyring.Keyring\">", "keyring.Keyring\">\n");
        MemoryStorage fresh = new MemoryStorage(Generation.PYTHON3, Clock.systemUTC());
        new FullLoad(tree, BuiltinFormats.formats(), settings).into(fresh, TransactionText.of("ida", "load"));
        settings = TreeSettings.exact(Generation.PYTHON3);
        String loaded = text(dump(fresh), managerFile(tree));
        assertThat(loaded.lines().filter(line -> line.matches(" *<text>[0-9a-f]{64}</text>")))
                .hasSize(5);
        assertThat(loaded.lines().distinct()).hasSameSizeAs(loaded.lines().toList());
    }

    @Test
    void aPlaceholderStandsForAValueOnly() throws IOException {
        startManager(1);
        for (String wrong : List.of(
                "<list name=\"x\"><secret/></list>",
                "<tuple name=\"x\"><secret/></tuple>",
                "<set name=\"x\"><secret/></set>",
                "<secret/>",
                "<secret name=\"x\" class=\"m.C\"/>",
                "<secret name=\"x\">y</secret>",
                "<entry><secret/><int>1</int></entry>",
                "<dict name=\"x\"><entry><tuple><secret/></tuple><int>1</int></entry></dict>")) {
            MemoryTree tree = dump(storage);
            String file = managerFile(tree);
            replace(tree, file, "</object>", wrong + "</object>");
            assertThatThrownBy(() -> load(tree)).as(wrong).isInstanceOf(BadTreeException.class);
        }
    }
}
