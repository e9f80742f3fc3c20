package gitzodb.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleWriterTest {
    @ParameterizedTest
    @CsvSource({"PYTHON2, 1", "PYTHON2, 2", "PYTHON2, 3", "PYTHON3, 1", "PYTHON3, 2", "PYTHON3, 3"})
    void readsBackWhatItWrote(Generation generation, int protocol) throws PickleException {
        for (long seed = 0; seed < 400; seed++) {
            Value value = new RandomValues(seed, generation).next();
            Bytes written = write(value, generation, protocol);
            PickleReader reader = new PickleReader(written, generation);
            Value read = reader.read();
            assertThat(ValueGraph.same(value, read)).as("seed %d", seed).isTrue();
            assertThat(reader.atEnd()).isTrue();
            assertThat(write(read, generation, protocol)).as("seed %d", seed).isEqualTo(written);
        }
    }

    @Test
    void spellsAsPython2DidInProtocol1() {
        Value.Str name = new Value.Str(Bytes.utf8("ab"));
        PyTuple tuple = PyTuple.of(
                Value.TRUE,
                new Value.Int(1L << 40),
                new Value.BigInt(BigInteger.TEN),
                name,
                name,
                new Value.Str(Bytes.utf8("x")),
                new Instance(Instance.How.OBJ, new Value.Global("m", "C"), PyTuple.EMPTY, null).state(new PyDict()));
        assertThat(Disassembly.of(write(tuple, Generation.PYTHON2, 1)).replaceAll(" *\\d+: ", ""))
                .isEqualTo("""
                        MARK
                        INT '01'
                        INT '1099511627776'
                        LONG '10L'
                        SHORT_BINSTRING 'ab'
                        BINPUT 1
                        BINGET 1
                        SHORT_BINSTRING 'x'
                        MARK
                        GLOBAL 'm\\x0aC'
                        BINPUT 2
                        OBJ
                        BINPUT 3
                        EMPTY_DICT
                        BINPUT 4
                        BUILD
                        TUPLE
                        BINPUT 5
                        STOP
                        """);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 1", "2, 1, 0", "999, 1, 0", "1000, 1, 0", "1001, 2, 0", "2000, 2, 0"})
    void writesAListInBatches(int size, int appends, int append) throws PickleException {
        PyList list =
                new PyList(IntStream.range(0, size).mapToObj(Value.Int::new).toList());
        Bytes written = write(list, Generation.PYTHON3, 3);
        assertThat(count(written, Opcode.APPENDS)).isEqualTo(appends);
        assertThat(count(written, Opcode.APPEND)).isEqualTo(append);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "1, 0, 1", "2, 1, 0", "1000, 2, 0", "1001, 2, 0", "2000, 3, 0"})
    void writesADictInBatches(int size, int setItems, int setItem) throws PickleException {
        PyDict dict = new PyDict();
        for (int i = 0; i < size; i++) {
            dict.put(new Value.Int(i), Value.NONE);
        }
        Bytes written = write(dict, Generation.PYTHON3, 3);
        assertThat(count(written, Opcode.SETITEMS)).isEqualTo(setItems);
        assertThat(count(written, Opcode.SETITEM)).isEqualTo(setItem);
    }

    @Test
    void writesRecursiveTuplesAndArguments() throws PickleException {
        PyList list = new PyList();
        PyTuple tuple = PyTuple.of(list);
        list.items().add(tuple);
        PyTuple longTuple = PyTuple.of(list, list, list, list);
        list.items().add(longTuple);
        PyList argument = new PyList();
        Instance instance = Instance.reduce(new Value.Global("m", "f"), argument);
        argument.items().add(instance);
        for (Value value : List.of(tuple, longTuple, list, instance, argument)) {
            for (int protocol = 1; protocol <= 3; protocol++) {
                Bytes written = write(value, Generation.PYTHON3, protocol);
                Value read = new PickleReader(written, Generation.PYTHON3).read();
                assertThat(ValueGraph.same(value, read)).isTrue();
            }
        }
    }

    @Test
    void writesProtocolsThatZodbCannotReadAsNearestOnes() {
        assertThat(write(Value.TRUE, Generation.PYTHON3, 5)).isEqualTo(write(Value.TRUE, Generation.PYTHON3, 3));
        assertThat(write(Value.TRUE, Generation.PYTHON2, 0)).isEqualTo(write(Value.TRUE, Generation.PYTHON2, 1));
    }

    @Test
    void refusesANameThatCannotBeSpelled() {
        assertThatThrownBy(() -> write(new Value.Global("m\n", "C"), Generation.PYTHON3, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static int count(Bytes data, Opcode opcode) throws PickleException {
        InstructionReader reader = new InstructionReader(data);
        int count = 0;
        while (!reader.atEnd()) {
            count += reader.next().opcode() == opcode ? 1 : 0;
        }
        return count;
    }

    private static Bytes write(Value value, Generation generation, int protocol) {
        PickleWriter writer = new PickleWriter(generation, protocol);
        writer.write(value);
        return writer.toBytes();
    }
}
