package gitzodb.zodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.pickle.ValueGraph;
import java.util.List;
import org.junit.jupiter.api.Test;

class PersistentRefTest {
    private static final Oid OID = new Oid(0x3132333435363738L);
    private static final Value ID = new Value.Binary(OID.bytes());
    private static final Value CLS = new Value.Global("m", "C");

    @Test
    void readsEveryForm() throws CorruptStorageException {
        assertThat(PersistentRef.parse(PyTuple.of(ID, CLS))).isEqualTo(new PersistentRef.Classed(OID, CLS));
        assertThat(PersistentRef.parse(ID)).isEqualTo(new PersistentRef.Bare(OID));
        assertThat(PersistentRef.parse(list(ID))).isEqualTo(new PersistentRef.Weak(OID, true));
        assertThat(PersistentRef.parse(list(text("w"), PyTuple.of(ID)))).isEqualTo(new PersistentRef.Weak(OID, false));
        Value weak = list(text("w"), PyTuple.of(ID, text("other")));
        assertThat(PersistentRef.parse(weak)).isEqualTo(new PersistentRef.Foreign("other", OID, weak));
        Value plain = list(text("n"), PyTuple.of(text("other"), ID));
        assertThat(PersistentRef.parse(plain)).isEqualTo(new PersistentRef.Foreign("other", OID, plain));
        Value classed = list(text("m"), PyTuple.of(text("other"), ID, CLS));
        assertThat(PersistentRef.parse(classed)).isEqualTo(new PersistentRef.Foreign("other", OID, classed));
    }

    @Test
    void readsAnOidOfAnyTextKind() throws CorruptStorageException {
        assertThat(PersistentRef.parse(new Value.Str(OID.bytes()))).isEqualTo(new PersistentRef.Bare(OID));
        assertThat(PersistentRef.parse(text("12345678"))).isEqualTo(new PersistentRef.Bare(OID));
    }

    @Test
    void refusesWhatIsNoReference() {
        for (Value id : List.of(Value.NONE, text("1234567"), PyTuple.EMPTY, list(), list(text("x"), PyTuple.of(ID)))) {
            assertThatThrownBy(() -> PersistentRef.parse(id)).isInstanceOf(CorruptStorageException.class);
        }
    }

    @Test
    void writesWhatItReads() throws CorruptStorageException {
        List<Value> ids = List.of(PyTuple.of(ID, CLS), ID, list(ID), list(text("w"), PyTuple.of(ID)));
        for (Value id : ids) {
            Value written = PersistentRef.parse(id).write(Generation.PYTHON3, 3).id();
            assertThat(ValueGraph.same(written, id)).isTrue();
        }
        Value old = new PersistentRef.Bare(OID).write(Generation.PYTHON2, 1).id();
        assertThat(old).isEqualTo(new Value.Str(OID.bytes()));
        assertThat(PersistentRef.parse(list(new Value.Str(Bytes.utf8("w")), PyTuple.of(old))))
                .isEqualTo(new PersistentRef.Weak(OID, false));
    }

    private static Value text(String text) {
        return new Value.Text(text);
    }

    private static Value list(Value... items) {
        return new PyList(List.of(items));
    }
}
