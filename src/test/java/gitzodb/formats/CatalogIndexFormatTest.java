package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogIndexFormatTest implements ClassFormatContract {
    private static final String FIELD = "Products.PluginIndexes.FieldIndex.FieldIndex.FieldIndex";
    private static final Value COUNTER = new Value.PersistentId(new Value.Int(7));
    private final ClassFormat format = new CatalogIndexFormat();

    @Override
    public ClassFormat format() {
        return format;
    }

    @Override
    public List<ObjectState> samples() {
        return List.of(
                States.python3(FIELD, "id", "sku", "_counter", COUNTER, "call_methods", new Value.Bool(false)),
                States.python2(FIELD, "id", "sku", "_counter", COUNTER),
                States.python3(FIELD, "id", "sku"));
    }

    @Test
    void theTreeHasNoCounter() {
        assertThat(States.names(format.toTree(samples().getFirst(), FormatSettings.DEFAULT)))
                .containsExactly("id", "call_methods");
    }

    @Test
    void aCounterThatIsNoObjectIsContent() {
        ObjectState odd = States.python3(FIELD, "_counter", new Value.Int(1));
        assertThat(format.toTree(odd, FormatSettings.DEFAULT)).isSameAs(odd);
    }
}
