package gitzodb.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;

class TreeBytesTest {
    /** Names whose order depends on what they are: a folder counts as having a slash at its end. */
    private static final List<String> NAMES =
            List.of("a", "a-b", "a.py", "a0", "ab", "b", "b ", "ä", "ä.txt", "🙂", "\uDCFFodd", "z");

    private static final TreeEntry.Kind[] KINDS = TreeEntry.Kind.values();

    @Test
    void anEditedTreeIsThatOfTheEditedEntries() {
        long seed = 20261121;
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 2_000; round++) {
            Map<String, TreeEntry> before = new HashMap<>();
            Map<String, Optional<TreeEntry>> changes = new HashMap<>();
            for (String name : NAMES) {
                if (random.nextBoolean()) {
                    before.put(name, entry(random, name));
                }
                switch (random.nextInt(4)) {
                    case 0 -> changes.put(name, Optional.empty());
                    case 1 -> changes.put(name, Optional.of(entry(random, name)));
                    default -> {}
                }
            }
            Map<String, TreeEntry> after = new HashMap<>(before);
            changes.forEach(
                    (name, entry) -> entry.ifPresentOrElse(it -> after.put(name, it), () -> after.remove(name)));

            byte[] edited = TreeBytes.edit(TreeBytes.of(before.values()), before, changes);

            assertThat(edited).as("seed %d round %d", seed, round).isEqualTo(TreeBytes.of(after.values()));
            assertThatNoException()
                    .as("seed %d round %d", seed, round)
                    .isThrownBy(() -> new ObjectChecker().checkTree(edited));
        }
    }

    @Test
    void writesWhatGitWrites() {
        ObjectId id = ObjectId.fromString("89abcdef0123456789abcdef0123456789abcdef");
        List<TreeEntry> entries = new ArrayList<>();
        TreeFormatter expected = new TreeFormatter();
        for (String name : List.of("a-b", "a.py", "a", "ä")) {
            boolean folder = name.equals("a");
            entries.addFirst(new TreeEntry(name, folder ? TreeEntry.Kind.FOLDER : TreeEntry.Kind.EXECUTABLE, id));
            expected.append(
                    name.getBytes(StandardCharsets.UTF_8), folder ? FileMode.TREE : FileMode.EXECUTABLE_FILE, id);
        }
        assertThat(TreeBytes.of(entries)).isEqualTo(expected.toByteArray());
    }

    /** Git of old wrote modes with a zero before; they are of a folder that is none of ours. */
    @Test
    void leavesEntriesBesideTheChangeAsTheyAre() {
        byte[] old = "040000 a\0aaaaaaaaaaaaaaaaaaaa100664 b\0bbbbbbbbbbbbbbbbbbbb".getBytes(StandardCharsets.US_ASCII);
        ObjectId id = ObjectId.zeroId();
        Map<String, TreeEntry> entries =
                Map.of("a", new TreeEntry("a", TreeEntry.Kind.FOLDER, id), "b", new TreeEntry("b", KINDS[0], id));

        assertThat(TreeBytes.edit(old, entries, Map.of("b", Optional.empty())))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("040000 a\0aaaaaaaaaaaaaaaaaaaa");
        assertThat(TreeBytes.edit(old, entries, Map.of("a", Optional.empty())))
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo("100664 b\0bbbbbbbbbbbbbbbbbbbb");
    }

    private static TreeEntry entry(SplittableRandom random, String name) {
        byte[] id = new byte[20];
        random.nextBytes(id);
        return new TreeEntry(name, KINDS[random.nextInt(KINDS.length)], ObjectId.fromRaw(id));
    }
}
