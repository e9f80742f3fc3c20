package gitzodb.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BindingTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    @Test
    void isReadBack() throws IOException {
        Binding binding = Binding.fresh("zodb", "sites/main site", Follow.ALL)
                .atTransaction(COMMIT, new Tid(-2), Bytes.parseHex("00ff"), "aa")
                .withUnreadable(new TreeSet<>(List.of(new Oid(-3), new Oid(7))))
                .withRuleFiles(List.of(".zodbignore", "a b/c/.zodbignore"))
                .inStep(COMMIT);
        binding.write(folder.resolve("state"));
        assertThat(Binding.read(folder.resolve("state"))).contains(binding);
    }

    @Test
    void isAbsentWithoutAFile() throws IOException {
        assertThat(Binding.read(folder.resolve("state"))).isEmpty();
    }

    @Test
    void isNotInStepWhileLoading() {
        Binding binding = Binding.fresh("zodb", "zodb", Follow.SWITCH).inStep(COMMIT);
        assertThat(binding.loading().tree()).isEmpty();
    }

    @Test
    void refusesDamageAnywhere() throws IOException {
        Path file = folder.resolve("state");
        Binding.fresh("zodb", "zodb", Follow.ALL)
                .atTransaction(COMMIT, new Tid(7), Bytes.parseHex("00ff"), "aa")
                .write(file);
        byte[] sound = Files.readAllBytes(file);
        for (int i = 0; i < sound.length; i++) {
            byte[] flipped = sound.clone();
            flipped[i] ^= 1;
            Files.write(file, flipped);
            refuses(file);
            Files.write(file, Arrays.copyOf(sound, i));
            refuses(file);
        }
    }

    private static void refuses(Path file) {
        assertThatThrownBy(() -> Binding.read(file))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("git zodb init");
    }
}
