package gitzodb.formats;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Attributes;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.ArrayList;
import java.util.List;

/** Makes states for tests, in the manner of Python 3 or 2. */
final class States {
    /** No source attribute differs from the database. */
    static final SourceContent UNCHANGED = content(false, Bytes.EMPTY);

    private States() {}

    static ObjectState python3(String cls, Object... namesAndValues) {
        return state(cls, false, namesAndValues);
    }

    static ObjectState python2(String cls, Object... namesAndValues) {
        return state(cls, true, namesAndValues);
    }

    private static ObjectState state(String cls, boolean python2, Object... namesAndValues) {
        PyDict attributes = new PyDict();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Value key = text(python2, (String) namesAndValues[i]);
            Object value = namesAndValues[i + 1];
            attributes.put(key, value instanceof String string ? text(python2, string) : (Value) value);
        }
        return new ObjectState(ClassMeta.of(ClassName.parse(cls)), attributes);
    }

    private static Value text(boolean python2, String text) {
        return python2 ? new Value.Str(Bytes.utf8(text)) : new Value.Text(text);
    }

    static Value bytes(String text) {
        return new Value.Binary(Bytes.utf8(text));
    }

    static List<String> names(ObjectState state) {
        List<String> names = new ArrayList<>();
        PyDict attributes = state.attributes();
        if (attributes != null) {
            attributes.entries().forEach(entry -> names.add(String.valueOf(Attributes.string(entry.key()))));
        }
        return names;
    }

    static SourceContent content(boolean changed, Bytes bytes) {
        return new SourceContent() {
            @Override
            public long length(String attribute) {
                return bytes.length();
            }

            @Override
            public Bytes head(String attribute, int limit) {
                return bytes.slice(0, Math.min(limit, bytes.length()));
            }

            @Override
            public boolean changed(String attribute) {
                return changed;
            }
        };
    }
}
