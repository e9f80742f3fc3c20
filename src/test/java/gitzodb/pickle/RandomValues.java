package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random graphs of values for property tests: every kind of leaf, every way to make an instance, sharing and cycles. The
 * same seed gives the same values. Only what a pickle of protocol 3 can say: in Python 3 no big int that fits 64 bits.
 */
public final class RandomValues {
    private static final int DEEPEST = 6;
    private static final String[] WORDS = {
        "", "a", "id", "title", "__name__", "Preis\u00fcbersicht", "\u65e5\u672c", "a b"
    };
    private static final List<Instance.How> PYTHON2_WAYS =
            List.of(Instance.How.REDUCE, Instance.How.NEWOBJ, Instance.How.OBJ);
    private static final List<Instance.How> PYTHON3_WAYS =
            List.of(Instance.How.REDUCE, Instance.How.NEWOBJ, Instance.How.NEWOBJ_EX);
    private static final long[] ODD_BITS = {
        0, Long.MIN_VALUE, 0x7ff8000000000000L, 0xfff8000000000001L, 0x7ff0000000000000L, 0xfff0000000000000L, 1
    };

    private final SplittableRandom random;
    private final boolean python2;
    private List<Value> known = new ArrayList<>();

    public RandomValues(long seed, Generation generation) {
        random = new SplittableRandom(seed);
        python2 = generation == Generation.PYTHON2;
    }

    /** Returns a graph that shares nothing with those before. */
    public Value next() {
        known = new ArrayList<>();
        return value(0);
    }

    /** Returns a dict with text keys, as most objects have for a state. */
    public PyDict nextState() {
        known = new ArrayList<>();
        PyDict state = new PyDict();
        int size = random.nextInt(12);
        for (int i = 0; i < size; i++) {
            state.put(nativeText("attribute" + random.nextInt(20)), value(1));
        }
        return state;
    }

    /** Returns a value without parts; a persistent id is one, too. */
    public Value nextLeaf() {
        return leaf();
    }

    private Value value(int depth) {
        if (!known.isEmpty() && random.nextInt(8) == 0) {
            return known.get(random.nextInt(known.size()));
        }
        if (depth >= DEEPEST || random.nextInt(3) != 0) {
            Value leaf = leaf();
            known.add(leaf);
            return leaf;
        }
        return switch (random.nextInt(4)) {
            case 0 -> list(depth);
            case 1 -> dict(depth);
            case 2 -> remember(new PyTuple(values(depth)));
            default -> instance(depth);
        };
    }

    private Value remember(Value value) {
        known.add(value);
        return value;
    }

    private List<Value> values(int depth) {
        int size = random.nextInt(100) == 0 ? 1001 : random.nextInt(6);
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            values.add(size > 100 ? new Value.Int(i) : value(depth + 1));
        }
        return values;
    }

    /** The list is known before its items are made, so that these can hold it. */
    private PyList list(int depth) {
        PyList list = new PyList();
        known.add(list);
        list.items().addAll(values(depth));
        return list;
    }

    private PyDict dict(int depth) {
        PyDict dict = new PyDict();
        known.add(dict);
        int size = random.nextInt(100) == 0 ? 2000 : random.nextInt(12);
        for (int i = 0; i < size; i++) {
            dict.put(size > 100 ? new Value.Int(i) : key(), size > 100 ? Value.NONE : value(depth + 1));
        }
        return dict;
    }

    private Value key() {
        return random.nextInt(6) == 0 ? PyTuple.of(leaf(), leaf()) : leaf();
    }

    private Instance instance(int depth) {
        Instance.How how = python2 ? PYTHON2_WAYS.get(random.nextInt(3)) : PYTHON3_WAYS.get(random.nextInt(3));
        PyDict kwargs = how == Instance.How.NEWOBJ_EX ? new PyDict() : null;
        if (kwargs != null) {
            kwargs.put(nativeText("k"), leaf());
        }
        Value args = random.nextBoolean() ? PyTuple.EMPTY : new PyTuple(values(depth));
        Instance instance = new Instance(how, global(), args, kwargs);
        known.add(instance);
        if (random.nextInt(4) == 0) {
            instance.items().addAll(values(depth));
        }
        if (random.nextInt(4) == 0) {
            instance.entries().add(new PyDict.Entry(key(), value(depth + 1)));
        }
        return random.nextBoolean() ? instance : instance.state(value(depth + 1));
    }

    private Value leaf() {
        return switch (random.nextInt(14)) {
            case 0 -> Value.NONE;
            case 1 -> random.nextBoolean() ? Value.TRUE : Value.FALSE;
            case 2, 3 -> new Value.Int(random.nextLong() >> random.nextInt(64));
            case 4 -> bigInt();
            case 5 ->
                new Value.PyFloat(random.nextBoolean() ? ODD_BITS[random.nextInt(ODD_BITS.length)] : random.nextLong());
            case 6, 7 -> new Value.Text(text());
            case 8 -> new Value.OddText(Bytes.parseHex("61eda080edb08062"));
            case 9 -> python2 ? new Value.Str(bytes()) : new Value.Binary(bytes());
            case 10 -> new Value.Binary(bytes());
            case 11 -> global();
            case 12 -> new Value.Extension(1 + random.nextInt(1 << (1 + random.nextInt(30))));
            default -> new Value.PersistentId(PyTuple.of(oid(), global()));
        };
    }

    private Value oid() {
        byte[] oid = new byte[8];
        oid[7] = (byte) random.nextInt(256);
        return python2 ? new Value.Str(Bytes.wrap(oid)) : new Value.Binary(Bytes.wrap(oid));
    }

    private Value.Global global() {
        return new Value.Global("package.module" + random.nextInt(3), "Class" + random.nextInt(3));
    }

    private Value nativeText(String text) {
        return python2 ? new Value.Str(Bytes.utf8(text)) : new Value.Text(text);
    }

    private Value bigInt() {
        byte[] bytes = new byte[9 + random.nextInt(random.nextInt(20) == 0 ? 400 : 20)];
        random.nextBytes(bytes);
        bytes[0] |= 1;
        bytes[0] &= 0x7f;
        BigInteger big = new BigInteger(bytes);
        if (python2 && random.nextBoolean()) {
            return new Value.BigInt(BigInteger.valueOf(random.nextLong() >> random.nextInt(64)));
        }
        return new Value.BigInt(random.nextBoolean() ? big : big.negate());
    }

    private String text() {
        if (random.nextInt(3) > 0) {
            return WORDS[random.nextInt(WORDS.length)] + (random.nextBoolean() ? "" : "\n" + random.nextInt(100));
        }
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(random.nextInt(20) == 0 ? 400 : 12);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0xd800));
        }
        return switch (random.nextInt(6)) {
            case 0 -> text + "\ud83d\ude00";
            case 1 -> text + "\udc00";
            case 2 -> "\ud800" + text + "x";
            default -> text.toString();
        };
    }

    private Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 600 : 12)];
        random.nextBytes(bytes);
        return Bytes.wrap(bytes);
    }
}
