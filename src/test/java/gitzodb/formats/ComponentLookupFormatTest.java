package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComponentLookupFormatTest implements ClassFormatContract {
    private static final String CLASS = "zope.component.persistentregistry.PersistentAdapterRegistry";

    @Override
    public ClassFormat format() {
        return new ComponentLookupFormat();
    }

    @Override
    public List<ObjectState> samples() {
        return List.of(registry());
    }

    private static ObjectState registry() {
        return States.python3(
                CLASS, "__bases__", PyTuple.EMPTY, "_generation", new Value.Int(7), "_provided", Value.NONE);
    }

    @Test
    void theCountOfChangesIsNotShown() {
        assertThat(format().toTree(registry(), FormatSettings.DEFAULT).attribute("_generation"))
                .isNull();
    }

    @Test
    void aChangeCountsOneUp() throws Exception {
        ObjectState tree = format().toTree(registry(), FormatSettings.DEFAULT);
        ObjectState changed = Attributes.with(tree, "_provided", Value.TRUE);
        assertThat(format().toDatabase(changed, registry(), FormatSettings.DEFAULT, States.UNCHANGED)
                        .attribute("_generation"))
                .isEqualTo(new Value.Int(8));
        assertThat(format().renewed(registry()).orElseThrow().attribute("_generation"))
                .isEqualTo(new Value.Int(8));
    }
}
