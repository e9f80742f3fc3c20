package gitzodb.zodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PickleException;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectRecordTest {
    private static final Bytes BLOB = bytes("\u0080\u0003cZODB.blob\nBlob\nq\u0000.\u0080\u0003N.");

    @ParameterizedTest
    @CsvSource({"small, 1000", "code-300, 100"})
    void writesEveryFixtureRecordAsItWas(String fixture, int atLeast) throws IOException {
        List<Bytes> records = FixtureRecords.of(fixture);
        assertThat(records).hasSizeGreaterThan(atLeast);
        for (Bytes data : records) {
            ObjectRecord record = ObjectRecord.read(data, Generation.PYTHON3);
            assertThat(record.write(Generation.PYTHON3)).isEqualTo(data);
        }
    }

    @Test
    void knowsABlob() throws IOException {
        assertThat(ObjectRecord.isBlob(BLOB)).isTrue();
        assertThat(ObjectRecord.isBlob(bytes("\u0080\u0003cZODB.blob\nBlub\nq\u0000.\u0080\u0003N.")))
                .isFalse();
        assertThat(ObjectRecord.isBlob(Bytes.EMPTY)).isFalse();
        assertThat(ObjectRecord.parse(BLOB, Generation.PYTHON3).state()).isEqualTo(Value.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cm\nC\nq\u0001.}q\u0002.",
                "(cm\nC\nq\u0001Ntq\u0002.}q\u0003.",
                "(cm\nC\nq\u0001(K\u0007tq\u0002tq\u0003.}q\u0004.",
                "((U\u0002mmq\u0001U\u0002CCq\u0002tq\u0003Ntq\u0004.}q\u0005.",
                "((U\u0002mmq\u0001U\u0002CCq\u0002tq\u0003(K\u0007tq\u0004tq\u0005.}q\u0006.",
                "(U\u0002mmq\u0001U\u0002CCq\u0002tq\u0003.}q\u0004.",
                "(U\u000812345678q\u0001cm\nC\nq\u0002tq\u0003Q.}q\u0004.",
            })
    void keepsEveryFormOfClass(String record) throws IOException {
        ObjectRecord read = ObjectRecord.read(bytes(record), Generation.PYTHON2);
        assertThat(read.write(Generation.PYTHON2)).isEqualTo(bytes(record));
    }

    @Test
    void tellsTheFormsOfClassApart() throws IOException {
        ObjectState pair = ObjectRecord.parse(bytes("((U\u0001mU\u0001CtNt.N."), Generation.PYTHON2);
        assertThat(pair.meta())
                .isEqualTo(new ClassMeta(ClassMeta.Spelling.PAIR, new Value.Global("m", "C"), Value.NONE));
        ObjectState plain = ObjectRecord.parse(bytes("cm\nC\n.N."), Generation.PYTHON2);
        assertThat(plain.meta()).isEqualTo(ClassMeta.of(new ClassName("m", "C")));
    }

    @Test
    void sharesTheMemoBetweenTheTwoPickles() throws IOException {
        ObjectState state =
                ObjectRecord.parse(bytes("\u0080\u0003cm\nC\nq\u0000.\u0080\u0003h\u0000\u0085."), Generation.PYTHON3);
        assertThat(((PyTuple) state.state()).items().getFirst()).isEqualTo(new Value.Global("m", "C"));
    }

    @Test
    void refusesWhatIsNoRecord() {
        assertThatThrownBy(() -> ObjectRecord.parse(bytes("cm\nC\n.N.N."), Generation.PYTHON3))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("after the second pickle")
                .hasMessageContaining("offset 8");
        assertThatThrownBy(() -> ObjectRecord.parse(bytes("K\u0001.N."), Generation.PYTHON3))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("no class");
        assertThatThrownBy(() -> ObjectRecord.parse(bytes(".e123"), Generation.PYTHON3))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("encrypted");
    }

    @Test
    void writesACompressedRecordCompressed() throws IOException {
        PyDict dict = new PyDict();
        dict.put(new Value.Text("text"), new Value.Text("spam ".repeat(100)));
        Bytes plain =
                ObjectRecord.write(new ObjectState(ClassMeta.of(new ClassName("m", "C")), dict), Generation.PYTHON3, 3);
        ObjectRecord read = ObjectRecord.read(compressed(plain), Generation.PYTHON3);
        assertThat(read.compressed()).isTrue();
        assertThat(read.write(Generation.PYTHON3)).isEqualTo(compressed(plain));
    }

    @Test
    void refusesADamagedCompressedRecord() throws IOException {
        Bytes whole = compressed(bytes("\u0080\u0003cm\nC\n.\u0080\u0003N."));
        for (int length = 2; length < whole.length(); length++) {
            Bytes cut = whole.slice(0, length);
            assertThatThrownBy(() -> ObjectRecord.parse(cut, Generation.PYTHON3))
                    .isInstanceOf(PickleException.class);
        }
    }

    private static Bytes compressed(Bytes plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {'.', 'z'});
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(out)) {
            plain.writeTo(deflated);
        }
        return Bytes.wrap(out.toByteArray());
    }

    private static Bytes bytes(String latin1) {
        return Bytes.wrap(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
