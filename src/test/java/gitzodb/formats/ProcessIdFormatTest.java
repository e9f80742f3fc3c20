package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessIdFormatTest implements ClassFormatContract {
    private static final String ID = "140345087637136_1795284408.616944";
    private static final String RAM = "Products.StandardCacheManagers.RAMCacheManager.RAMCacheManager";
    private static final String FOLDER = "Products.TemporaryFolder.TemporaryFolder.MountedTemporaryFolder";
    private final ClassFormat format = new ProcessIdFormat();

    @Override
    public ClassFormat format() {
        return format;
    }

    @Override
    public List<ObjectState> samples() {
        return List.of(
                States.python3(RAM, "id", "ram", "title", "RAM", "_RAMCacheManager__cacheid", ID),
                States.python2(
                        "Products.StandardCacheManagers.AcceleratedHTTPCacheManager.AcceleratedHTTPCacheManager",
                        "_AcceleratedHTTPCacheManager__cacheid",
                        ID,
                        "title",
                        ""),
                States.python3(FOLDER, "_MountPoint__mountpoint_id", ID, "_params", "'" + ID + "'", "_path", "/"),
                States.python3(FOLDER, "_MountPoint__mountpoint_id", ID, "_params", "'shared'", "_path", "/"));
    }

    @Test
    void theTreeHasNoIdOfAProcess() {
        for (ObjectState stored : samples()) {
            String shown = String.valueOf(States.names(format.toTree(stored, FormatSettings.DEFAULT)));
            assertThat(shown).doesNotContain("cacheid").doesNotContain("mountpoint_id");
        }
    }

    @Test
    void parametersOfAUserStayInTheTree() {
        assertThat(States.names(format.toTree(samples().get(2), FormatSettings.DEFAULT)))
                .containsExactly("_path");
        assertThat(States.names(format.toTree(samples().get(3), FormatSettings.DEFAULT)))
                .containsExactly("_params", "_path");
    }

    @Test
    void newObjectsNeverHaveTheSameId() throws Exception {
        ObjectState byHand = States.python3(FOLDER, "_path", "/");
        ObjectState one = format.toDatabase(byHand, null, FormatSettings.DEFAULT, States.UNCHANGED);
        ObjectState other = format.toDatabase(byHand, null, FormatSettings.DEFAULT, States.UNCHANGED);
        String id = Attributes.string(one.attribute("_MountPoint__mountpoint_id"));
        assertThat(id).hasSize(32);
        assertThat(one.attribute("_params")).isEqualTo(new Value.Text("'" + id + "'"));
        assertThat(other.attribute("_params")).isNotEqualTo(one.attribute("_params"));
    }

    @Test
    void anExactTreeGetsNothingNew() throws Exception {
        ObjectState byHand = States.python3(RAM, "title", "RAM");
        assertThat(format.toDatabase(byHand, null, FormatSettings.EXACT, States.UNCHANGED))
                .isSameAs(byHand);
    }
}
