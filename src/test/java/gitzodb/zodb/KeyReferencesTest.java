package gitzodb.zodb;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyReferencesTest {
    private static final Value FIVE = new Value.Global("five.intid.keyreference", "KeyReferenceToPersistent");
    private static final Value ZOPE = new Value.Global("zope.keyreference.persistent", "KeyReferenceToPersistent");

    private static Instance reference(Value cls, Generation generation, long target, long said) {
        CanonicalOrder order = new CanonicalOrder(generation);
        PyDict state = new PyDict();
        Value.PersistentId id =
                new PersistentRef.Classed(new Oid(target), new Value.Global("m", "C")).write(generation, 3);
        state.put(order.nativeValue("object"), id);
        state.put(order.nativeValue("oid"), bytes(generation, said));
        state.put(order.nativeValue("root_oid"), bytes(generation, 1));
        Instance reference = Instance.newobj(cls);
        reference.state(state);
        return reference;
    }

    private static Value bytes(Generation generation, long oid) {
        Bytes bytes = new Oid(oid).bytes();
        return generation == Generation.PYTHON3 ? new Value.Binary(bytes) : new Value.Str(bytes);
    }

    private static ObjectState bucket(Value... entries) {
        return new ObjectState(
                ClassMeta.of(new ClassName("BTrees.OIBTree", "OIBucket")), PyTuple.of(PyTuple.of(entries)));
    }

    private static PyDict state(Instance instance) {
        return (PyDict) java.util.Objects.requireNonNull(instance.state());
    }

    @ParameterizedTest
    @EnumSource
    void showsTheOidsOfAReferenceAndPutsTheBytesBack(Generation generation) throws Exception {
        Instance key = reference(FIVE, generation, 7, 7);
        ObjectState bucket = bucket(key, new Value.Int(3));
        Bytes before = ObjectRecord.write(bucket, generation, 3);

        KeyReferences.show(bucket, generation);
        assertThat(state(key).get("oid")).isInstanceOf(Value.PersistentId.class);
        Value.PersistentId root =
                (Value.PersistentId) Objects.requireNonNull(state(key).get("root_oid"));
        assertThat(PersistentRef.parse(root.id())).isEqualTo(new PersistentRef.OidBytes(new Oid(1)));
        assertThat(ObjectRecord.write(bucket, generation, 3)).isEqualTo(before);
    }

    @Test
    void showsThemInATreeWithItsOnlyLeafInside() {
        Instance key = reference(FIVE, Generation.PYTHON3, 7, 7);
        Value leaf = PyTuple.of(PyTuple.of(key, new Value.Int(3)));
        ObjectState tree =
                new ObjectState(ClassMeta.of(new ClassName("BTrees.OIBTree", "OIBTree")), PyTuple.of(PyTuple.of(leaf)));
        KeyReferences.show(tree, Generation.PYTHON3);
        assertThat(state(key).get("oid")).isInstanceOf(Value.PersistentId.class);
    }

    @Test
    void keepsAnOidThatIsNotThatOfTheReference() {
        Instance key = reference(FIVE, Generation.PYTHON3, 7, 8);
        KeyReferences.show(bucket(key, new Value.Int(3)), Generation.PYTHON3);
        assertThat(state(key).get("oid")).isEqualTo(bytes(Generation.PYTHON3, 8));
        assertThat(state(key).get("root_oid")).isEqualTo(bytes(Generation.PYTHON3, 1));
    }

    @Test
    void comparesByTypeThenByOidAsUnsigned() {
        Instance low = reference(FIVE, Generation.PYTHON3, 7, 7);
        Instance high = reference(FIVE, Generation.PYTHON3, -1, 7);
        Instance other = reference(ZOPE, Generation.PYTHON3, 3, 7);
        assertThat(KeyReferences.compare(low, high).orElseThrow()).isNegative();
        assertThat(KeyReferences.compare(high, other).orElseThrow()).isNegative();
        assertThat(KeyReferences.compare(low, low)).hasValue(0);
        assertThat(KeyReferences.compare(low, new Value.Int(1))).isEmpty();
    }
}
