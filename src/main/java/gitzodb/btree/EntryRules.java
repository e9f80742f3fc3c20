package gitzodb.btree;

import gitzodb.bytes.Bytes;
import gitzodb.classes.FormatException;
import gitzodb.classes.Structure.Family;
import gitzodb.classes.Structure.Letter;
import gitzodb.pickle.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.PriorityQueue;

/** What entries must be before they go into a tree: of the family's kinds, in order, no key twice. */
final class EntryRules {
    private EntryRules() {}

    /** Returns the entries in key order; in the order given where keys cannot be compared. */
    static List<Entry> ordered(List<Entry> entries, KeyOrder order) throws FormatException {
        if (isIncreasing(entries, order)) {
            return entries;
        }
        // A heap, since the order of Python 2 is not transitive and a library sort may throw then.
        PriorityQueue<Entry> heap = new PriorityQueue<>(
                entries.size(),
                Comparator.comparing(Entry::key, (a, b) -> order.compare(a, b).orElse(0)));
        heap.addAll(entries);
        List<Entry> sorted = new ArrayList<>(entries.size());
        for (Entry entry = heap.poll(); entry != null; entry = heap.poll()) {
            sorted.add(entry);
        }
        for (int i = 1; i < sorted.size(); i++) {
            OptionalInt compared =
                    order.compare(sorted.get(i - 1).key(), sorted.get(i).key());
            if (compared.isEmpty() || compared.getAsInt() > 0) {
                return entries;
            }
            if (compared.getAsInt() == 0) {
                throw new FormatException("key " + sorted.get(i).key() + " occurs twice in a BTree");
            }
        }
        return sorted;
    }

    private static boolean isIncreasing(List<Entry> entries, KeyOrder order) {
        for (int i = 1; i < entries.size(); i++) {
            if (order.compare(entries.get(i - 1).key(), entries.get(i).key()).orElse(1) >= 0) {
                return false;
            }
        }
        return true;
    }

    static void check(Family family, boolean set, List<Entry> entries) throws FormatException {
        for (Entry entry : entries) {
            check(family, set, entry);
        }
    }

    static void check(Family family, boolean set, Entry entry) throws FormatException {
        Value value = entry.value();
        if ((value == null) != set) {
            throw new FormatException("key " + entry.key() + (set ? " of a set has a value" : " has no value"));
        }
        check(family, family.key(), entry.key());
        if (value != null) {
            check(family, family.value(), value);
        }
    }

    private static void check(Family family, Letter letter, Value value) throws FormatException {
        boolean fits = switch (letter) {
            case O -> true;
            case I -> fits(value, BigInteger.ONE.shiftLeft(31).negate(), 31);
            case U -> fits(value, BigInteger.ZERO, 32);
            case L -> fits(value, BigInteger.ONE.shiftLeft(63).negate(), 63);
            case Q -> fits(value, BigInteger.ZERO, 64);
            case F -> value instanceof Value.PyFloat number && (Double.isNaN(number.value()) || isSingle(number));
            case BYTES2 -> length(value) == 2;
            case BYTES6 -> length(value) == 6;
        };
        if (!fits) {
            throw new FormatException(value + " cannot be in a BTree of family " + family.prefix());
        }
    }

    private static boolean isSingle(Value.PyFloat number) {
        return (float) number.value() == number.value();
    }

    private static boolean fits(Value value, BigInteger low, int bits) {
        BigInteger number = switch (value) {
            case Value.Int(long small) -> BigInteger.valueOf(small);
            case Value.BigInt(BigInteger big) -> big;
            case Value.Bool(boolean flag) -> flag ? BigInteger.ONE : BigInteger.ZERO;
            default -> BigInteger.ONE.shiftLeft(65);
        };
        return number.compareTo(low) >= 0 && number.compareTo(BigInteger.ONE.shiftLeft(bits)) < 0;
    }

    private static int length(Value value) {
        return switch (value) {
            case Value.Binary(Bytes bytes) -> bytes.length();
            case Value.Str(Bytes bytes) -> bytes.length();
            default -> -1;
        };
    }
}
