package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A record that cannot be read: no pickle, a truncated one, or one beyond the limits. The tree keeps its bytes as
 * {@code <unreadable>}, in base64; what it refers to is unknown. Nobody knows what such bytes would do in Zope, so none
 * from a tree is ever written to a database: a load finds them there or refuses.
 */
public final class UnreadableRecord {
    public static final String ELEMENT = "unreadable";
    /** What stands for the class of the object, which is unknown; no class has this name. */
    public static final ClassName CLASS = new ClassName("", "");

    public static final String REFUSAL =
            "an unreadable record can only stay as it is: the database does not hold these bytes for this object";

    private static final int LINE_LENGTH = 76;

    private UnreadableRecord() {}

    /** Returns what stands for the state. */
    static ObjectState state(Bytes record) {
        return new ObjectState(ClassMeta.of(CLASS), new Value.Binary(record));
    }

    public static boolean is(ObjectState state) {
        return state.className().equals(CLASS);
    }

    public static Element element(Bytes record) {
        Base64.Encoder encoder = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
        return Element.text(ELEMENT, '\n' + encoder.encodeToString(record.toArray()) + '\n');
    }

    /** Returns the bytes that an element says; empty if they are not in base64. */
    public static Optional<Bytes> read(Element element) {
        try {
            String digits = element.text().replaceAll("\\s", "");
            return Optional.of(Bytes.wrap(Base64.getDecoder().decode(digits)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
