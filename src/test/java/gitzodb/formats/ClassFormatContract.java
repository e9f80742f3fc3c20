package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatException;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceAttribute;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every class format keeps. Each test class gives its format and some usual states. */
interface ClassFormatContract {
    ClassFormat format();

    List<ObjectState> samples();

    @Test
    default void anUnchangedObjectComesBackAsItIsStored() throws Exception {
        for (ObjectState stored : all()) {
            for (FormatSettings settings : List.of(FormatSettings.DEFAULT, FormatSettings.EXACT)) {
                assertRoundTrip(stored, settings);
            }
        }
    }

    private void assertRoundTrip(ObjectState stored, FormatSettings settings) throws FormatException {
        ObjectState tree = format().toTree(stored, settings);
        ObjectState back = format().toDatabase(tree, stored, settings, States.UNCHANGED);
        assertThat(entries(back)).isEqualTo(entries(stored));
    }

    @Test
    default void aStateIsNeverChangedInPlace() throws Exception {
        for (ObjectState stored : all()) {
            List<Object> before = entries(stored);
            ObjectState tree = format().toTree(stored, FormatSettings.DEFAULT);
            format().toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED);
            assertThat(entries(stored)).isEqualTo(before);
        }
    }

    @Test
    default void exactKeepsEverything() {
        for (ObjectState stored : all()) {
            assertThat(entries(format().toTree(stored, FormatSettings.EXACT))).isEqualTo(entries(stored));
        }
    }

    @Test
    default void aFreshLoadIsDumpedAsItWas() throws Exception {
        for (ObjectState stored : all()) {
            ObjectState tree = format().toTree(stored, FormatSettings.DEFAULT);
            ObjectState loaded = format().toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED);
            ObjectState again = format().toTree(loaded, FormatSettings.DEFAULT);
            assertThat(entries(again)).containsAll(entries(tree));
        }
    }

    @Test
    default void anUnknownAttributeSurvives() throws Exception {
        Value unknown = new PyList(List.of(new Value.Int(7)));
        for (ObjectState sample : samples()) {
            ObjectState stored = Attributes.with(sample, "x_unknown", unknown);
            ObjectState tree = format().toTree(stored, FormatSettings.DEFAULT);
            assertThat(tree.attribute("x_unknown")).isSameAs(unknown);
            ObjectState back = format().toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED);
            assertThat(back.attribute("x_unknown")).isSameAs(unknown);
        }
    }

    /** A state that is no dict, or whose attributes are of kinds that nobody expects. */
    @Test
    default void aStateOfUnexpectedShapeIsCarriedAsItIs() throws Exception {
        for (ClassName name : format().classes()) {
            ClassMeta meta = ClassMeta.of(name);
            for (Value odd : List.of(Value.NONE, PyTuple.of(Value.TRUE), new PyDict(), new PyList())) {
                ObjectState stored = new ObjectState(meta, odd);
                ObjectState tree = format().toTree(stored, FormatSettings.DEFAULT);
                assertThat(format().sources(tree)).isEmpty();
                assertThat(format().toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED))
                        .isSameAs(stored);
            }
        }
        long seed = 4711;
        SplittableRandom random = new SplittableRandom(seed);
        List<Value> odds = List.of(Value.NONE, Value.TRUE, new Value.Int(-1), States.bytes("x"), new PyDict());
        for (ObjectState sample : samples()) {
            for (String name : States.names(sample)) {
                ObjectState odd = Attributes.with(sample, name, odds.get(random.nextInt(odds.size())));
                assertRoundTrip(odd, FormatSettings.DEFAULT);
                for (SourceAttribute source : format().sources(odd)) {
                    assertThat(odd.attribute(source.name())).as("seed %d", seed).isNotNull();
                }
            }
        }
    }

    private List<ObjectState> all() {
        List<ObjectState> all = new ArrayList<>(samples());
        for (ObjectState sample : samples()) {
            all.add(Attributes.with(sample, "title", new Value.Int(3)));
        }
        return all;
    }

    /** Returns the attributes in order, nodes by identity. */
    private static List<Object> entries(ObjectState state) {
        PyDict attributes = state.attributes();
        return attributes == null ? List.of(state.state()) : new ArrayList<>(attributes.entries());
    }
}
