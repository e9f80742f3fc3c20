package gitzodb.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {
    /** Pickles that have every opcode that can be read between them. */
    private static final List<String> SAMPLES = List.of(
            "I7\n.",
            "I01\n.",
            "J\u0001\u0000\u0000\u0080.",
            "(K\u0007M\u0001\u0002NF1.5\nG?\u00f8\u0000\u0000\u0000\u0000\u0000\u0000L12L\nt.",
            "\u0080\u0002(\u008a\u0001\u00ff\u008b\u0001\u0000\u0000\u0000\u0005\u0088\u0089t.",
            "(S'a\\x00\\n'\nT\u0002\u0000\u0000\u0000abU\u0001cVx\\u00e9\nX\u0001\u0000\u0000\u0000yt.",
            "(B\u0001\u0000\u0000\u0000aC\u0001bt.",
            "(lp0\nK\u0001ag0\na.",
            "](K\u0001K\u0002e.",
            "(dp1\nK\u0001K\u0002s}(K\u0003K\u0004uq\u0001h\u00010.",
            "(K\u0001K\u0002d.",
            "N(K\u0001K\u000210).",
            "(K\u00010(1)2\u0086.",
            "N\u0085N\u0085N\u0086NNN\u00870\u0086.",
            "cm\nC\nr\u0000\u0001\u0000\u0000)R}bj\u0000\u0001\u0000\u00000.",
            "(cm\nC\nK\u0001o.",
            "(K\u0001im\nC\n.",
            "cm\nC\n)\u0081N\u0085b.",
            "\u0080\u0004\u0095\u0012\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u008c\u0001m\u008c\u0001C\u0093\u0094)}\u0092"
                    + "\u008f(K\u0001\u0090\u0086.",
            "(K\u0001\u0091\u008d\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a\u0086.",
            "\u008e\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a\u0096\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000a\u0086.",
            "\u0082\u0001\u0083\u0001\u0001\u0084\u0001\u0000\u0001\u0000\u0087.",
            "P12\nU\u000812345678Q\u0086.");

    @ParameterizedTest
    @EnumSource(Generation.class)
    void readsEveryOpcode(Generation generation) throws PickleException {
        Set<Opcode> seen = EnumSet.of(Opcode.NEXT_BUFFER, Opcode.READONLY_BUFFER);
        for (String sample : SAMPLES) {
            PickleReader reader = new PickleReader(bytes(sample), generation);
            reader.read();
            assertThat(reader.atEnd()).as(sample).isTrue();
            InstructionReader instructions = new InstructionReader(bytes(sample));
            while (!instructions.atEnd()) {
                seen.add(instructions.next().opcode());
            }
        }
        assertThat(EnumSet.complementOf(EnumSet.copyOf(seen))).isEmpty();
    }

    @Test
    void failsWithItsOwnExceptionWhereverDataIsCutOrChanged() {
        for (String sample : SAMPLES) {
            byte[] whole = bytes(sample).toArray();
            for (int at = 0; at < whole.length; at++) {
                Bytes cut = Bytes.of(Arrays.copyOf(whole, at));
                assertThatThrownBy(() -> read(cut)).isInstanceOf(PickleException.class);
                for (int other = 0; other < 256; other++) {
                    byte[] changed = whole.clone();
                    changed[at] = (byte) other;
                    readOrFail(Bytes.wrap(changed));
                }
            }
        }
    }

    private static void readOrFail(Bytes data) {
        try {
            read(data);
        } catch (PickleException e) {
            assertThat(e.getMessage()).contains("at offset " + e.offset());
        }
    }

    @Test
    void refusesUnknownOpcodes() {
        for (int code = 0; code < 256; code++) {
            if (Opcode.of(code) == null) {
                Bytes data = Bytes.of((byte) 'N', (byte) code);
                assertThatThrownBy(() -> read(data))
                        .isInstanceOf(PickleException.class)
                        .hasMessageContaining("unknown opcode 0x%02x".formatted(code))
                        .hasMessageEndingWith("at offset 1");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "I007, 7",
        "I010, 8",
        "I0x1F, 31",
        "I-5, -5",
        "L123L, 123",
        "L-9223372036854775808, -9223372036854775808",
    })
    void readsNumbersSpelledAsText(String text, long number) throws PickleException {
        assertThat(read(text + "\n.")).isEqualTo(new Value.Int(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I",
                "I-",
                "I1_0",
                "I08",
                "Iz",
                "Fx",
                "F0x1p3",
                "F1f",
                "S'",
                "Sa",
                "S'a\\x1'",
                "V\\u12",
                "V\\U00110000",
                "L"
            })
    void refusesMalformedText(String text) {
        assertThatThrownBy(() -> read(text + "\n."))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("malformed text");
    }

    @Test
    void keepsIntAndLongApartInPython2Only() throws PickleException {
        Bytes data = bytes("\u008a\u0001\u0005.");
        assertThat(new PickleReader(data, Generation.PYTHON2).read())
                .isEqualTo(new Value.BigInt(BigInteger.valueOf(5)));
        assertThat(new PickleReader(data, Generation.PYTHON3).read()).isEqualTo(new Value.Int(5));
    }

    @Test
    void keepsTheKindsOfTextApart() throws PickleException {
        assertThat(read("U\u0001\u00e9.")).isEqualTo(new Value.Str(bytes("\u00e9")));
        assertThat(read("C\u0001\u00e9.")).isEqualTo(new Value.Binary(bytes("\u00e9")));
        assertThat(read("X\u0002\u0000\u0000\u0000\u00c3\u00a9.")).isEqualTo(new Value.Text("\u00e9"));
    }

    @Test
    void passesSurrogatesThrough() throws PickleException {
        assertThat(read("X\u0003\u0000\u0000\u0000\u00ed\u00a0\u0080.")).isEqualTo(new Value.Text("\ud800"));
        Bytes pair = Bytes.parseHex("eda080edb080");
        assertThat(read("X\u0006\u0000\u0000\u0000" + pair.latin1() + ".")).isEqualTo(new Value.OddText(pair));
        assertThat(read("V\\ud800\\udc00\n.")).isEqualTo(new Value.OddText(pair));
        assertThat(read("X\u0003\u0000\u0000\u0000\u00ef\u00bf\u00bd.")).isEqualTo(new Value.Text("\ufffd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c0af", "c3", "e08080", "f08080af", "f4908080", "ff", "e9"})
    void refusesWhatIsNoUtf8(String hex) {
        Bytes text = Bytes.parseHex(hex);
        assertThatThrownBy(() -> read("\u008c" + (char) text.length() + text.latin1() + "."))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void makesOneFormOfASetInEveryProtocol() throws PickleException {
        Value old = read("\u0080\u0003cbuiltins\nset\n](K\u0001K\u0002e\u0085R.");
        Value recent = read("\u0080\u0004\u008f(K\u0001K\u0002\u0090.");
        assertThat(ValueGraph.same(old, recent)).isTrue();
    }

    @Test
    void keepsCyclesAndSharing() throws PickleException {
        PyList list = (PyList) read("]q\u0000h\u0000a.");
        assertThat(list.items().getFirst()).isSameAs(list);
        PyTuple tuple = (PyTuple) read("(]q\u0000(h\u0000tq\u0001a0h\u0001t.");
        PyTuple inner = (PyTuple) tuple.items().getFirst();
        assertThat(((PyList) inner.items().getFirst()).items().getFirst()).isSameAs(inner);
        Instance instance = (Instance) read("cm\nC\n)\u0081q\u0000}q\u0001U\u0004selfh\u0000sb.");
        assertThat(instance.state())
                .isInstanceOfSatisfying(
                        PyDict.class, state -> assertThat(state.get("self")).isSameAs(instance));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".",
                "0.",
                "a.",
                "]a.",
                "(.",
                "N(.",
                "e.",
                "u.",
                "N(K\u0001e.",
                "N(K\u0001K\u0002u.",
                "}(K\u0001u.",
                "h\u0005.",
                "g5\n.",
                "p5\n.",
                "Nb.",
                "]Nb.",
                "N)b.",
                "(o.",
                "N\u0093.",
                "\u0080\u0006N.",
                "\u0082\u0000.",
                "\u0084\u00ff\u00ff\u00ff\u00ff.",
                "\u0097.",
                "\u0098.",
                "cm\nC\n)RNbNb.",
                "cm\nC\n)RNbNa.",
                "cm\nC\n)RNbNNs.",
                "cm\nC\nN\u0081.",
                "NQQ.",
                "](K\u0001\u0090.",
                "T\u00ff\u00ff\u00ff\u00ffa.",
                "\u008b\u00ff\u00ff\u00ff\u00ff.",
                "\u0095\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000K\u0001.",
                "\u008b\u0000\u0000\u0000@.",
                "B\u00ff\u00ff\u00ff\u00ff.",
                "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f."
            })
    void refusesWhatMakesNoSense(String data) {
        assertThatThrownBy(() -> read(data)).isInstanceOf(PickleException.class);
    }

    @Test
    @Timeout(10)
    void readsAndWritesAMillionLevels() throws PickleException {
        Value deep = read("]".repeat(1_000_000) + "a".repeat(999_999) + ".");
        PickleWriter writer = new PickleWriter(Generation.PYTHON3, 3);
        writer.write(deep);
        assertThat(ValueGraph.same(read(writer.toBytes()), deep)).isTrue();
        Value tuples = read(")" + "\u0085".repeat(1_000_000) + ".");
        assertThat(ValueGraph.same(tuples, tuples)).isTrue();
    }

    @Test
    @Timeout(5)
    void keepsABombOfSharedValuesSmall() throws PickleException {
        Value tuples = read(")" + "2\u0086".repeat(30) + ".");
        Value again = read(")" + "2\u0086".repeat(30) + ".");
        assertThat(ValueGraph.same(tuples, again)).isTrue();
        PickleWriter writer = new PickleWriter(Generation.PYTHON3, 3);
        writer.write(tuples);
        assertThat(writer.toBytes().length()).isLessThan(1000);
        Value lists = read("]" + "q\u0000]h\u0000ah\u0000a".repeat(30) + ".");
        assertThat(ValueGraph.same(lists, read("]" + "q\u0000]h\u0000ah\u0000a".repeat(30) + ".")))
                .isTrue();
    }

    @Test
    void takesFarMemoNumbersWithoutMemory() throws PickleException {
        assertThat(read("Nr\u00ff\u00ff\u00ff\u00ff0j\u00ff\u00ff\u00ff\u00ff."))
                .isEqualTo(Value.NONE);
        assertThat(read("Np4000000000\n0g4000000000\n.")).isEqualTo(Value.NONE);
        assertThatThrownBy(() -> read("Np4294967296\n.")).isInstanceOf(PickleException.class);
    }

    @Test
    void keepsTheMemoFromOnePickleToTheNext() throws PickleException {
        PickleReader reader = new PickleReader(bytes("X\u0001\u0000\u0000\u0000aq\u0000.h\u0000."), Generation.PYTHON3);
        Value first = reader.read();
        assertThat(reader.offset()).isEqualTo(9);
        assertThat(reader.read()).isSameAs(first);
        assertThat(reader.atEnd()).isTrue();
    }

    @Test
    void bytesOfAPersistentIdMayBePickledAsBelowProtocol3() throws PickleException {
        String oid = "c_codecs\nencode\n(X\u0003\u0000\u0000\u0000\u00c3\u00bf1X\u0006\u0000\u0000\u0000latin1tR";
        Value bytes = new Value.Binary(Bytes.of((byte) 0xFF, (byte) '1'));
        Value classed = ((Value.PersistentId) read("(" + oid + "cm\nC\ntQ.")).id();
        assertThat(((PyTuple) classed).items()).containsExactly(bytes, new Value.Global("m", "C"));
        PyList weak = (PyList) ((Value.PersistentId) read("](X\u0001\u0000\u0000\u0000w(" + oid + "teQ.")).id();
        assertThat(((PyTuple) weak.items().getLast()).items()).containsExactly(bytes);
        assertThat(read(oid + ".")).isInstanceOf(Instance.class);
    }

    private static Value read(String latin1) throws PickleException {
        return read(bytes(latin1));
    }

    private static Value read(Bytes data) throws PickleException {
        return new PickleReader(data, Generation.PYTHON3).read();
    }

    private static Bytes bytes(String latin1) {
        return Bytes.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
