package gitzodb.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Structure;
import gitzodb.formats.BuiltinFormats;
import gitzodb.pickle.Generation;
import gitzodb.tree.TreeException;
import gitzodb.tree.TreeSettings;
import gitzodb.zodb.ClassName;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstSettingsTest {
    private static final String FILE = "[zodb]\nformat = 1\ngeneration = FS30\n[class \"m.Tree\"]\nbtree = OOBTree\n";

    private static FirstSettings of(boolean exact, String file) {
        return new FirstSettings(exact, false, Optional.of(Bytes.utf8(file)));
    }

    @Test
    void takesTheRulesOfAFile() throws IOException {
        TreeSettings settings = of(false, FILE).of(Generation.PYTHON3, BuiltinFormats.formats());
        assertThat(settings.structure(ClassName.parse("m.Tree"))).isInstanceOf(Structure.Node.class);
        assertThat(settings.keepSecrets()).isFalse();
        assertThat(of(false, FILE).isUsual()).isFalse();
        assertThat(FirstSettings.USUAL.of(Generation.PYTHON2, BuiltinFormats.formats()))
                .isEqualTo(TreeSettings.of(Generation.PYTHON2));
    }

    @Test
    void exactKeepsTheRules() throws IOException {
        TreeSettings settings = of(true, FILE).of(Generation.PYTHON3, BuiltinFormats.formats());
        assertThat(settings.exact() && settings.keepSecrets()).isTrue();
        assertThat(settings.classes()).hasSize(1);
    }

    @Test
    void refusesWhatATreeCouldNotHave() {
        assertThatThrownBy(() -> of(false, FILE).of(Generation.PYTHON2, BuiltinFormats.formats()))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> of(false, "[zodb]\nformat = 1\n").of(Generation.PYTHON3, BuiltinFormats.formats()))
                .isInstanceOf(TreeException.class);
        assertThatThrownBy(() ->
                        of(false, FILE.replace("OOBTree", "XXBTree")).of(Generation.PYTHON3, BuiltinFormats.formats()))
                .isInstanceOf(TreeException.class)
                .hasMessageContaining("line 5");
    }

    @Test
    void aFormatThatThereIsNotIsNamedWithItsLine() {
        FirstSettings settings = of(false, FILE + "[class \"m.D\"]\n\n\tformat = m.Nope\n");
        long line = FILE.lines().count() + 3;
        assertThatThrownBy(() -> settings.of(Generation.PYTHON3, BuiltinFormats.formats()))
                .hasMessageContaining("line " + line + ": class m.D has the format of m.Nope");
    }
}
