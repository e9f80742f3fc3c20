package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that have an {@code id} in one record. A value that cannot be made before its parts is known by a stand-in
 * until it is there; where the stand-in was used, a knot is tied.
 */
@SuppressWarnings("ReferenceEquality") // nodes are what they are by identity
final class ReadMarks {
    private final ValueXml xml;
    private final boolean trial;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Instance> standIns = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Knots knots = new Knots();

    ReadMarks(ValueXml xml) {
        this(xml, false);
    }

    private ReadMarks(ValueXml xml, boolean trial) {
        this.xml = xml;
        this.trial = trial;
    }

    /** Returns a copy that takes no id from the file, for elements that are going to be read again. */
    ReadMarks trial() {
        ReadMarks copy = new ReadMarks(xml, true);
        copy.values.putAll(values);
        copy.standIns.putAll(standIns);
        return copy;
    }

    /** Returns the knots that a value read here still has. */
    Knots knots() {
        return knots;
    }

    /** Gives an element's id to its value, which need not be filled yet. */
    <T extends Value> T mark(Element element, T value) throws XmlFormatException {
        String id = element.get("id");
        if (id != null) {
            if (!trial && (!id.matches("[1-9][0-9]{0,8}") || !xml.takeId(id))) {
                throw xml.refused(element, "id " + id + " is no number, or given before");
            }
            values.put(id, value);
        }
        return value;
    }

    /** Gives an element's id to a stand-in, as its value cannot be made before its parts. */
    void markLater(Element element) throws XmlFormatException {
        String id = element.get("id");
        if (id != null) {
            standIns.put(id, mark(element, Knots.standIn()));
        }
    }

    /** Puts the value in the place of its stand-in, if it had one. */
    void made(Element element, Value value) {
        String id = element.get("id");
        Instance standIn = id == null ? null : standIns.remove(id);
        if (id != null && standIn != null) {
            values.put(id, value);
            if (used.remove(id)) {
                knots.tie(standIn, value);
            }
        }
    }

    /** Returns the value with this id, or its stand-in; null if there is none. */
    @Nullable
    Value use(String id) {
        Value value = values.get(id);
        if (value != null && value == standIns.get(id)) {
            used.add(id);
        }
        return value;
    }
}
