package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.FormatException;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;

/**
 * Parses the arguments of an SQL method as {@code Shared.DC.ZRDB.Aqueduct.parse} does: {@code name=value},
 * {@code name="any text"} or {@code name}, each perhaps {@code name:type}, separated by characters up to the blank.
 */
final class SqlArguments {
    private final ObjectState holder;
    private final String text;
    private int at;

    private SqlArguments(ObjectState holder, String text) {
        this.holder = holder;
        this.text = text;
    }

    /** Returns the {@code Args} instance that Zope would make. */
    static Instance parse(ObjectState holder, String text) throws FormatException {
        return new SqlArguments(holder, text).args();
    }

    private Instance args() throws FormatException {
        PyDict parsed = new PyDict();
        PyList keys = new PyList();
        for (skipBlanks(); at < text.length(); skipBlanks()) {
            String name = word();
            PyDict argument = new PyDict();
            int afterName = at;
            String value = name.isEmpty() ? null : value();
            if (name.isEmpty()) {
                throw new FormatException("arguments of an SQL method do not parse at \"" + excerpt(at)
                        + "\"; write name, name=value or name=\"value\", each perhaps with name:type");
            }
            if (value != null) {
                argument.put(made("default"), made(value));
            } else {
                at = afterName;
            }
            int colon = name.indexOf(':');
            if (colon > 0) {
                argument.put(made("type"), made(name.substring(colon + 1)));
                name = name.substring(0, colon);
            }
            parsed.put(made(name), argument);
            keys.items().add(made(name));
        }
        PyDict attributes = new PyDict();
        attributes.put(made("_data"), parsed);
        attributes.put(made("_keys"), keys);
        return PlainInstance.of(holder, "Shared.DC.ZRDB.Aqueduct", "Args", attributes);
    }

    /** Returns what follows a {@code =}; null if that is no value, and then the {@code =} will not parse either. */
    private @org.jspecify.annotations.Nullable String value() {
        if (at == text.length() || text.charAt(at) != '=') {
            return null;
        }
        at++;
        String plain = word();
        if (!plain.isEmpty()) {
            return plain;
        }
        int end = at < text.length() && text.charAt(at) == '"' ? text.indexOf('"', at + 1) : -1;
        if (end < 0) {
            return null;
        }
        String quoted = text.substring(at + 1, end);
        at = end + 1;
        return quoted;
    }

    private String word() {
        int from = at;
        while (at < text.length() && text.charAt(at) > ' ' && text.charAt(at) != '=' && text.charAt(at) != '"') {
            at++;
        }
        return text.substring(from, at);
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private String excerpt(int from) {
        return text.substring(from, Math.min(text.length(), from + 40));
    }

    private Value made(String string) {
        return Attributes.text(holder, string);
    }
}
