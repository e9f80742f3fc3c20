package gitzodb.zodb;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the canonical key form: one text for one value, and never the same text for two.
 *
 * <pre>
 * none true false 5 5L 1.5 inf nan nan:7ff8000000000001
 * "text" s"8-bit string" b"bytes" o"odd text"       with \" \\ \n \r \t \xHH (byte) and \\uHHHH (UTF-16 unit)
 * global:module.name extension:7 ref"NAME"
 * (1,"a") [1,2] {1:2} set(1,2) frozenset(1,2)       members and entries in the order of their forms
 * reduce(CALLABLE ARGS KWARGS [items] {entries} STATE)
 * </pre>
 */
final class KeyForm {
    private static final int MAX_DEPTH = 100;
    private static final int MAX_LENGTH = 1 << 20;

    /** How much of a form decides an order: more would make large values in sets expensive. */
    private static final int ORDER_LENGTH = 4096;

    private final StringBuilder out = new StringBuilder();
    private final CanonicalOrder.RefNames names;
    private final int limit;
    private final IdentityHashMap<Instance, String> sets;
    private final Set<Value> inside;
    private @Nullable String broken;

    private KeyForm(
            CanonicalOrder.RefNames names, int limit, IdentityHashMap<Instance, String> sets, Set<Value> inside) {
        this.names = names;
        this.limit = limit;
        this.sets = sets;
        this.inside = inside;
    }

    static String of(Value key, CanonicalOrder.RefNames names) throws StateException {
        if (key instanceof Value.Int(long number)) {
            return Long.toString(number);
        }
        KeyForm form = start(names, MAX_LENGTH);
        form.write(key, 0);
        if (form.broken != null) {
            throw new StateException("key " + form.broken);
        }
        return form.out.toString();
    }

    /** Returns the start of the form, for an order; a value that is too deep, too long or inside itself is cut there. */
    static String start(Value key, CanonicalOrder.RefNames names) {
        KeyForm form = start(names, ORDER_LENGTH);
        form.write(key, 0);
        return form.out.toString();
    }

    private static KeyForm start(CanonicalOrder.RefNames names, int limit) {
        Set<Value> inside = Collections.newSetFromMap(new IdentityHashMap<>());
        return new KeyForm(names, limit, new IdentityHashMap<>(), inside);
    }

    private void write(Value value, int depth) {
        if (broken != null) {
            return;
        }
        if (depth > MAX_DEPTH) {
            broken = "nested deeper than " + MAX_DEPTH;
        } else if (value instanceof Value.Node && !inside.add(value)) {
            broken = "inside itself";
        } else {
            content(value, depth);
            inside.remove(value);
            if (out.length() > limit) {
                out.setLength(limit);
                broken = "longer than " + limit + " characters";
            }
        }
    }

    private void content(Value value, int depth) {
        switch (value) {
            case Value.None none -> out.append("none");
            case Value.Bool(boolean flag) -> out.append(flag);
            case Value.Int(long number) -> out.append(number);
            case Value.BigInt(var number) -> out.append(number).append('L');
            case Value.PyFloat number -> out.append(number(number));
            case Value.Text(String text) -> quote("", text);
            case Value.OddText(Bytes utf8) -> quote("o", utf8);
            case Value.Str(Bytes bytes) -> quote("s", bytes);
            case Value.Binary(Bytes bytes) -> quote("b", bytes);
            case Value.Global global -> out.append("global:").append(ClassName.of(global));
            case Value.Extension(int code) -> out.append("extension:").append(code);
            case Value.Withheld withheld -> out.append("withheld");
            case Value.LeftOut content -> out.append("left-out");
            case Value.Absent absent -> out.append("absent");
            case Value.PersistentId id -> quote("ref", names.name(id));
            case PyTuple tuple -> items('(', tuple.items(), ')', depth);
            case PyList list -> items('[', list.items(), ']', depth);
            case PyDict dict -> entries(dict.entries(), depth);
            case Instance instance -> instance(instance, depth);
        }
    }

    /** Members by their forms; each set is written once, however often it occurs. */
    private void set(Instance instance, List<Value> members, int depth) {
        String written = sets.get(instance);
        if (written == null) {
            List<String> forms = new ArrayList<>(members.size());
            for (Value member : members) {
                forms.add(part(member, depth + 1));
            }
            forms.sort(CanonicalOrder.CODE_POINTS);
            String name = ((Value.Global) instance.callable()).name();
            written = name + "(" + String.join(",", forms) + ")";
            sets.put(instance, written);
        }
        out.append(written);
    }

    private void items(char open, List<Value> items, char close, int depth) {
        out.append(open);
        String separator = "";
        for (Value item : items) {
            if (broken != null) {
                return;
            }
            out.append(separator);
            write(item, depth + 1);
            separator = ",";
        }
        out.append(close);
    }

    /** Entries by the forms of their keys: the attributes of an instance are among them, whose order is no content. */
    private void entries(List<PyDict.Entry> entries, int depth) {
        record Keyed(String form, Value value) {}
        List<Keyed> keyed = new ArrayList<>(entries.size());
        for (PyDict.Entry entry : entries) {
            keyed.add(new Keyed(part(entry.key(), depth + 1), entry.value()));
        }
        keyed.sort(Comparator.comparing(Keyed::form, CanonicalOrder.CODE_POINTS));
        out.append('{');
        String separator = "";
        for (Keyed entry : keyed) {
            if (broken != null) {
                return;
            }
            out.append(separator).append(entry.form()).append(':');
            write(entry.value(), depth + 1);
            separator = ",";
        }
        out.append('}');
    }

    /** Returns the form of a value inside this one. */
    private String part(Value value, int depth) {
        KeyForm form = new KeyForm(names, limit, sets, inside);
        form.write(value, depth);
        broken = form.broken != null ? form.broken : broken;
        return form.out.toString();
    }

    private void instance(Instance instance, int depth) {
        if (CanonicalOrder.isSet(instance)) {
            set(instance, CanonicalOrder.storedMembers(instance), depth);
            return;
        }
        out.append(instance.how().name().toLowerCase(Locale.ROOT)).append('(');
        write(instance.callable(), depth + 1);
        out.append(' ');
        write(instance.args(), depth + 1);
        Value kwargs = instance.kwargs();
        if (kwargs != null) {
            out.append(" kwargs ");
            write(kwargs, depth + 1);
        }
        if (!instance.items().isEmpty()) {
            out.append(' ');
            items('[', instance.items(), ']', depth);
        }
        if (!instance.entries().isEmpty()) {
            out.append(' ');
            entries(instance.entries(), depth);
        }
        Value state = instance.state();
        if (state != null) {
            out.append(" state ");
            write(state, depth + 1);
        }
        out.append(')');
    }

    private static String number(Value.PyFloat number) {
        double value = number.value();
        if (Double.isNaN(value)) {
            return number.bits() == 0x7ff8000000000000L
                    ? "nan"
                    : "nan:" + java.util.HexFormat.of().toHexDigits(number.bits());
        }
        return Double.isInfinite(value) ? (value > 0 ? "inf" : "-inf") : Double.toString(value);
    }

    private void quote(String prefix, String text) {
        out.append(prefix).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (pair) {
                    out.append(c).append(text.charAt(++i));
                } else {
                    out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                }
            } else {
                character(c);
            }
        }
        out.append('"');
    }

    private void quote(String prefix, Bytes bytes) {
        String text = new String(bytes.toArray(), StandardCharsets.UTF_8);
        if (Bytes.utf8(text).equals(bytes)) {
            quote(prefix, text);
            return;
        }
        out.append(prefix).append('"');
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i) & 0xff;
            if (b < 0x80) {
                character((char) b);
            } else {
                out.append(String.format(Locale.ROOT, "\\x%02x", b));
            }
        }
        out.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20 || c == 0x7f) {
                    out.append(String.format(Locale.ROOT, "\\x%02x", (int) c));
                } else {
                    out.append(c);
                }
            }
        }
    }
}
