package gitzodb.xml;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.RandomValues;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.FixtureRecords;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueXmlRoundTripTest {
    private static final ClassMeta META = ClassMeta.of(new ClassName("m", "C"));

    private static final Pattern STATE_MARKED =
            Pattern.compile("<state>\\s*(<tuple>\\s*)?(<none/>\\s*)?<(dict id|same)");

    @ParameterizedTest
    @EnumSource(Generation.class)
    void keepsRandomStates(Generation generation) throws IOException {
        for (int seed = 0; seed < 150; seed++) {
            RandomValues random = new RandomValues(seed, generation);
            keeps(generation, new ObjectState(META, random.nextState()), "seed " + seed);
            keeps(generation, new ObjectState(META, random.next()), "value of seed " + seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"small", "code-300"})
    void keepsEveryRecordOfTheFixtures(String fixture) throws IOException {
        int number = 0;
        for (Bytes data : FixtureRecords.of(fixture)) {
            ObjectState state = ObjectRecord.parse(data, Generation.PYTHON3);
            keeps(Generation.PYTHON3, state, "record " + number++);
        }
        assertThat(number).isGreaterThan(100);
    }

    @Test
    void keepsCyclesThroughWhatIsMadeOfItsParts() throws IOException {
        PyList members = new PyList();
        Value set = Instance.reduce(new Value.Global("builtins", "set"), members);
        PyDict own = new PyDict();
        own.put(new Value.Text("home"), set);
        members.items()
                .add(PyTuple.of(Instance.newobj(new Value.Global("m", "C")).state(own)));
        PyList argument = new PyList();
        Value made = Instance.reduce(new Value.Global("m", "make"), argument);
        argument.items().add(PyTuple.of(made));
        PyDict state = new PyDict();
        state.put(new Value.Text("a"), set);
        state.put(new Value.Text("b"), made);
        keeps(Generation.PYTHON3, new ObjectState(META, state), "cycles");
    }

    private static void keeps(Generation generation, ObjectState state, String what) throws IOException {
        RoundTrip.Result result;
        try {
            result = new RoundTrip(generation).of(state);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(what, e);
        }
        String text = RoundTrip.utf8(result.text());
        // the order of a state is not kept, also where its dict is a value somewhere else
        boolean isValueToo = STATE_MARKED.matcher(text).find();
        ObjectState expected =
                isValueToo ? new RoundTrip(generation).of(result.state()).state() : state;
        assertThat(ObjectRecord.same(expected, result.state(), generation))
                .as(text + "\nin " + what)
                .isTrue();
    }
}
