package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The order in which a state is walked and written: attributes by code points of their names, members of sets by key,
 * entries of other dicts as they are stored in Python 3 and by key in Python 2, where their order never had meaning.
 * "By key" is by value for ints, which come first, then by the first 4,096 characters of the key form, then as stored.
 */
public final class CanonicalOrder {
    /** Orders texts by code points, which is not the order of {@link String#compareTo}. */
    public static final Comparator<String> CODE_POINTS = CanonicalOrder::compareCodePoints;

    private static final RefNames NAMELESS = id -> "";

    private final Generation generation;

    public CanonicalOrder(Generation generation) {
        this.generation = generation;
    }

    public Generation generation() {
        return generation;
    }

    /** Names the target of a persistent id inside a key. */
    @FunctionalInterface
    public interface RefNames {
        String name(Value.PersistentId id);
    }

    /**
     * Returns the canonical key form of any value: readable, the same for equal values, never the same for two.
     *
     * @throws StateException if the value is nested deeper than 100 or the form is longer than 1 Mi characters
     */
    public static String keyForm(Value key, RefNames names) throws StateException {
        return KeyForm.of(key, names);
    }

    /** Returns the key form with every persistent id named alike. */
    public static String keyForm(Value key) throws StateException {
        return KeyForm.of(key, NAMELESS);
    }

    /** Returns the text of a key of the native text kind: Text in Python 3, Str that is UTF-8 in Python 2; else null. */
    public @Nullable String nativeText(Value key) {
        return switch (generation) {
            case PYTHON3 -> key instanceof Value.Text(String text) ? text : null;
            case PYTHON2 ->
                key instanceof Value.Str(Bytes bytes) ? bytes.wellFormedUtf8().orElse(null) : null;
        };
    }

    /** Returns the value of a native text: the inverse of {@link #nativeText}. */
    public Value nativeValue(String text) {
        return switch (generation) {
            case PYTHON3 -> new Value.Text(text);
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
        };
    }

    /** Returns the entries of a state dict: native texts by code points, then other keys by key. */
    public List<PyDict.Entry> attributes(PyDict dict) {
        List<PyDict.Entry> named = new ArrayList<>(dict.size());
        List<PyDict.Entry> others = new ArrayList<>(0);
        for (PyDict.Entry entry : dict.entries()) {
            (nativeText(entry.key()) != null ? named : others).add(entry);
        }
        named.sort(Comparator.comparing(entry -> String.valueOf(nativeText(entry.key())), CODE_POINTS));
        named.addAll(byKey(others));
        return named;
    }

    /** Returns the entries of any other dict. */
    public List<PyDict.Entry> entries(List<PyDict.Entry> stored) {
        return switch (generation) {
            case PYTHON3 -> stored;
            case PYTHON2 -> byKey(stored);
        };
    }

    /** Returns the members of a {@code set} or {@code frozenset} by key; empty if it is none. */
    public static Optional<List<Value>> members(Instance instance) {
        if (!isSet(instance)) {
            return Optional.empty();
        }
        List<Value> members = storedMembers(instance);
        List<Keyed<Value>> keyed = new ArrayList<>(members.size());
        for (Value member : members) {
            keyed.add(new Keyed<>(member, shortForm(member), member));
        }
        keyed.sort(Keyed.ORDER);
        return Optional.of(keyed.stream().<Value>map(Keyed::what).toList());
    }

    /** True for {@code set([…])} and {@code frozenset([…])} as every pickler writes them. */
    public static boolean isSet(Instance instance) {
        return instance.how() == Instance.How.REDUCE
                && instance.callable() instanceof Value.Global(String module, String name)
                && (name.equals("set") || name.equals("frozenset"))
                && (module.equals("builtins") || module.equals("__builtin__"))
                && instance.args() instanceof PyTuple args
                && args.items().size() == 1
                && args.items().getFirst() instanceof PyList
                && instance.items().isEmpty()
                && instance.entries().isEmpty()
                && instance.state() == null;
    }

    static List<Value> storedMembers(Instance set) {
        return ((PyList) ((PyTuple) set.args()).items().getFirst()).items();
    }

    private static List<PyDict.Entry> byKey(List<PyDict.Entry> entries) {
        if (entries.size() < 2) {
            return entries;
        }
        List<Keyed<PyDict.Entry>> keyed = new ArrayList<>(entries.size());
        for (PyDict.Entry entry : entries) {
            keyed.add(new Keyed<>(entry.key(), shortForm(entry.key()), entry));
        }
        keyed.sort(Keyed.ORDER);
        return keyed.stream().map(Keyed::what).toList();
    }

    /** Returns the start of the key form, which tells keys apart well enough to order and to name them. */
    public static String shortForm(Value key) {
        return KeyForm.start(key, NAMELESS);
    }

    /** Ints come first and by value, the rest by key form. */
    private record Keyed<T>(Value key, String form, T what) {
        static final Comparator<Keyed<?>> ORDER = (a, b) -> {
            boolean left = a.key instanceof Value.Int;
            boolean right = b.key instanceof Value.Int;
            if (left && right) {
                return Long.compare(((Value.Int) a.key).value(), ((Value.Int) b.key).value());
            }
            return left ? -1 : right ? 1 : compareCodePoints(a.form, b.form);
        };
    }

    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                int start = i > 0 && Character.isHighSurrogate(a.charAt(i - 1)) ? i - 1 : i;
                return Integer.compare(a.codePointAt(start), b.codePointAt(start));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
