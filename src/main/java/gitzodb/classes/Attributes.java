package gitzodb.classes;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes states with other attributes; a state that is no dict stays as it is. Values that stay are the same instances. */
public final class Attributes {
    private Attributes() {}

    /** Returns what a text or an 8-bit string says; null for any other value, and for bytes that are not UTF-8. */
    public static @Nullable String string(@Nullable Value value) {
        return switch (value) {
            case Value.Text(String text) -> isEncodable(text) ? text : null;
            case Value.Str(Bytes bytes) -> bytes.wellFormedUtf8().orElse(null);
            case null, default -> null;
        };
    }

    public static boolean isText(@Nullable Value value) {
        return string(value) != null;
    }

    /** True for what a natural file can hold as a source: text, and 8-bit strings of whatever encoding. */
    public static boolean isSource(@Nullable Value value) {
        return value instanceof Value.Str || isText(value);
    }

    /** True for text without lone surrogates. */
    public static boolean isEncodable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isSurrogatePair(c, text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** True if the attribute names are 8-bit strings, as Python 2 has them. */
    public static boolean isPython2(ObjectState state) {
        PyDict attributes = state.attributes();
        return attributes != null && attributes.entries().stream().anyMatch(entry -> entry.key() instanceof Value.Str);
    }

    /** Returns a native text of the Python that wrote {@code like}. */
    public static Value text(ObjectState like, String text) {
        return isPython2(like) ? new Value.Str(Bytes.utf8(text)) : new Value.Text(text);
    }

    public static ObjectState without(ObjectState state, Set<String> names) {
        PyDict attributes = state.attributes();
        if (attributes == null || names.stream().noneMatch(attributes::has)) {
            return state;
        }
        PyDict kept = new PyDict();
        for (PyDict.Entry entry : attributes.entries()) {
            String name = string(entry.key());
            if (name == null || !names.contains(name)) {
                kept.put(entry.key(), entry.value());
            }
        }
        return new ObjectState(state.meta(), kept);
    }

    public static ObjectState with(ObjectState state, String name, Value value) {
        PyDict attributes = state.attributes();
        if (attributes == null || value.equals(attributes.get(name))) {
            return state;
        }
        PyDict changed = new PyDict();
        attributes.entries().forEach(entry -> changed.put(entry.key(), entry.value()));
        Value key = new Value.Text(name);
        changed.put(attributes.get(key) == null ? text(state, name) : key, value);
        return new ObjectState(state.meta(), changed);
    }

    public static ObjectState withDefault(ObjectState state, String name, Value value) {
        return state.attribute(name) == null ? with(state, name, value) : state;
    }

    /** Returns {@code tree} with those attributes of {@code stored} that it lacks, in the order of {@code stored}. */
    public static ObjectState restored(ObjectState tree, ObjectState stored, Set<String> names) {
        PyDict now = tree.attributes();
        PyDict before = stored.attributes();
        if (now == null || before == null || names.stream().noneMatch(name -> before.has(name) && !now.has(name))) {
            return tree;
        }
        PyDict merged = new PyDict();
        for (PyDict.Entry entry : before.entries()) {
            String name = string(entry.key());
            Value value = now.get(entry.key());
            if (value != null) {
                merged.put(entry.key(), value);
            } else if (name != null && names.contains(name) && !now.has(name)) {
                merged.put(entry.key(), entry.value());
            }
        }
        now.entries().forEach(entry -> merged.put(entry.key(), entry.value()));
        return new ObjectState(tree.meta(), merged);
    }
}
