package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Values without parts as elements, and back; references excepted. */
final class Leaves {
    private static final String LATIN1 = "latin-1";
    private static final int BASE64_LINE = 76;
    private static final long USUAL_NAN = 0x7ff8000000000000L;

    private final Generation generation;
    private final boolean latin1;

    /** @param latin1 true if bytes may be shown as Latin-1, as they are since version 2 of trees */
    Leaves(Generation generation, boolean latin1) {
        this.generation = generation;
        this.latin1 = latin1;
    }

    Element write(Value.Leaf leaf) throws Malformed {
        return switch (leaf) {
            case Value.None none -> Element.of("none");
            case Value.Bool(boolean flag) -> Element.of(flag ? "true" : "false");
            case Value.Int(long number) -> Element.text("int", Long.toString(number));
            case Value.BigInt(BigInteger number) -> bigInt(number);
            case Value.PyFloat number -> number(number);
            case Value.Text(String text) ->
                Characters.arePlain(text)
                        ? Element.text("text", text)
                        : Element.text("text", EscapedText.ofText(text)).with("enc", "escaped");
            case Value.OddText(Bytes utf8) -> oddText(utf8);
            case Value.Str(Bytes bytes) -> bytes("str", bytes, latin1);
            case Value.Binary(Bytes bytes) -> bytes("bytes", bytes, latin1);
            case Value.Global global -> global(global);
            case Value.Extension(int code) -> Element.of("extension").with("code", Integer.toString(code));
            case Value.Withheld withheld -> Element.of("secret");
            case Value.LeftOut(Value.Global cls) ->
                Element.of("left-out").with("class", ClassName.of(cls).toString());
            case Value.Absent absent -> throw new IllegalArgumentException("an attribute that is not there");
            case Value.PersistentId id -> throw new IllegalArgumentException("a reference is no leaf here");
        };
    }

    private static Element oddText(Bytes utf8) throws Malformed {
        String escaped = EscapedText.ofOddText(utf8);
        if (!EscapedText.text(escaped).equals(new Value.OddText(utf8))) {
            throw new Malformed("text that is not of the form its pickle claims");
        }
        return Element.text("text", escaped).with("enc", "escaped");
    }

    private Element bigInt(BigInteger number) {
        Element element = number.bitLength() > Numbers.DECIMAL_BITS
                ? Element.text("int", Numbers.hex(number)).with("enc", "hex")
                : Element.text("int", number.toString());
        boolean marked = generation == Generation.PYTHON2 || number.bitLength() < Long.SIZE;
        return marked ? element.with("kind", "long") : element;
    }

    private static Element number(Value.PyFloat number) {
        double value = number.value();
        if (!Double.isNaN(value)) {
            return Element.text("float", Numbers.text(value));
        }
        return number.bits() == USUAL_NAN
                ? Element.text("float", "nan")
                : Element.of("float").with("bits", HexFormat.of().toHexDigits(number.bits()));
    }

    /** Writes bytes as text where that is readable, else as base64. */
    static Element bytes(String name, Bytes bytes, boolean latin1) {
        String text = bytes.wellFormedUtf8().orElse(null);
        if (text != null && Characters.arePlain(text)) {
            return Element.text(name, text);
        }
        if (text == null && latin1 && isLatin1(bytes)) {
            return Element.text(name, new String(bytes.toArray(), StandardCharsets.ISO_8859_1))
                    .with("enc", LATIN1);
        }
        int escapes = 0;
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i) & 0xff;
            boolean raw = b < 0x80 ? !Characters.isForbidden(b) || b == '\r' : text != null;
            escapes += raw ? 0 : 1;
        }
        if (escapes <= bytes.length() / 4) {
            String escaped = text != null ? EscapedText.ofUtf8(text) : EscapedText.ofBytes(bytes);
            return Element.text(name, escaped).with("enc", "escaped");
        }
        return Element.text(name, base64(bytes)).with("enc", "base64");
    }

    /** True for text of a Western language: no control characters, and at least half of it ASCII. */
    private static boolean isLatin1(Bytes bytes) {
        int high = 0;
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i) & 0xff;
            if (Characters.isForbidden(b)) {
                return false;
            }
            high += b < 0x80 ? 0 : 1;
        }
        return high * 2 <= bytes.length();
    }

    private static Bytes readLatin1(String text) throws Malformed {
        if (text.chars().anyMatch(c -> c > 0xff)) {
            throw new Malformed("text beyond Latin-1");
        }
        return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String base64(Bytes bytes) {
        String plain = Base64.getEncoder().encodeToString(bytes.toArray());
        if (plain.length() <= BASE64_LINE) {
            return plain;
        }
        StringBuilder lines = new StringBuilder(plain.length() + plain.length() / BASE64_LINE + 2).append('\n');
        for (int i = 0; i < plain.length(); i += BASE64_LINE) {
            lines.append(plain, i, Math.min(plain.length(), i + BASE64_LINE)).append('\n');
        }
        return lines.toString();
    }

    private static Element global(Value.Global global) {
        ClassName name = ClassName.of(global);
        if (isPlain(name)) {
            return Element.text("global", name.toString());
        }
        String module = EscapedText.ofText(name.module()).replace(":", "\\u003a");
        return Element.text("global", module + ":" + EscapedText.ofText(name.name()))
                .with("enc", "escaped");
    }

    /** True if the text form of a class name can stand in an attribute. */
    static boolean isPlain(ClassName name) {
        String text = name.toString();
        return Characters.arePlain(text)
                && text.length() <= XmlLimits.ATTRIBUTE_LENGTH / 2
                && ClassName.parse(text).equals(name);
    }

    /** Reads an element of this kind; attributes {@code name} and {@code id} are not looked at. */
    Value.@Nullable Leaf read(Element element) throws Malformed {
        String text = element.text();
        return switch (element.name()) {
            case "none" -> empty(element, Value.NONE);
            case "true" -> empty(element, Value.TRUE);
            case "false" -> empty(element, Value.FALSE);
            case "secret" -> empty(element, Value.WITHHELD);
            case "left-out" -> empty(element, leftOut(element));
            case "int" -> readInt(element);
            case "float" -> readFloat(element);
            case "text" -> (Value.Leaf) readText(element);
            case "str" -> new Value.Str(readBytes(element));
            case "bytes" -> new Value.Binary(readBytes(element));
            case "global" -> readGlobal(element);
            case "extension" -> {
                String code = element.get("code");
                BigInteger number = Numbers.decimal(code == null ? "" : code);
                if (!text.isEmpty() || number.signum() <= 0 || number.bitLength() > 31) {
                    throw new Malformed("extension codes are 1 to 2147483647");
                }
                yield new Value.Extension(number.intValue());
            }
            default -> null;
        };
    }

    private static Value.Leaf leftOut(Element element) throws Malformed {
        String cls = element.get("class");
        try {
            return new Value.LeftOut(ClassName.parse(cls == null ? "" : cls).global());
        } catch (IllegalArgumentException e) {
            throw new Malformed("<left-out> names the class of what it stands for");
        }
    }

    private static Value.Leaf empty(Element element, Value.Leaf leaf) throws Malformed {
        if (!Characters.areBlank(element.text())) {
            throw new Malformed("text inside <" + element.name() + ">");
        }
        return leaf;
    }

    private Value.Leaf readInt(Element element) throws Malformed {
        BigInteger number = switch (encoding(element, "hex")) {
            case "hex" -> Numbers.hex(element.text());
            default -> Numbers.decimal(element.text());
        };
        String kind = element.get("kind");
        if (kind != null) {
            if (!kind.equals("long")) {
                throw new Malformed("kind of an int is \"long\"");
            }
            return new Value.BigInt(number);
        }
        if (number.bitLength() < Long.SIZE) {
            return new Value.Int(number.longValue());
        }
        if (generation == Generation.PYTHON2) {
            throw new Malformed("an int beyond 64 bits is kind=\"long\" in Python 2");
        }
        return new Value.BigInt(number);
    }

    private static Value.Leaf readFloat(Element element) throws Malformed {
        String bits = element.get("bits");
        if (bits == null) {
            return element.text().equals("nan")
                    ? new Value.PyFloat(USUAL_NAN)
                    : Value.PyFloat.of(Numbers.parse(element.text()));
        }
        if (!bits.matches("[0-9a-f]{16}")
                || !element.text().isEmpty()
                || !Double.isNaN(Double.longBitsToDouble(HexFormat.fromHexDigitsToLong(bits)))) {
            throw new Malformed("bits are 16 hexadecimal digits of a NaN");
        }
        return new Value.PyFloat(HexFormat.fromHexDigitsToLong(bits));
    }

    private static Value readText(Element element) throws Malformed {
        return encoding(element, "escaped").isEmpty()
                ? new Value.Text(element.text())
                : EscapedText.text(element.text());
    }

    static Bytes readBytes(Element element) throws Malformed {
        String text = element.text();
        return switch (encoding(element, "escaped", "base64", LATIN1)) {
            case "escaped" -> EscapedText.bytes(text);
            case "base64" -> readBase64(text);
            case LATIN1 -> readLatin1(text);
            default -> Bytes.utf8(text);
        };
    }

    private static Bytes readBase64(String text) throws Malformed {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && c != ' ' && c != '\t') {
                plain.append(c);
            }
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(plain.toString());
            if (Base64.getEncoder().encodeToString(bytes).contentEquals(plain)) {
                return Bytes.wrap(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("not base64: " + e.getMessage());
        }
        throw new Malformed("base64 with padding or bits that it must not have");
    }

    private static Value.Leaf readGlobal(Element element) throws Malformed {
        String text = element.text();
        if (encoding(element, "escaped").isEmpty()) {
            if (text.indexOf('.') < 0 && text.indexOf(':') < 0) {
                throw new Malformed("not a global: " + text);
            }
            return ClassName.parse(text).global();
        }
        int colon = text.indexOf(':');
        if (colon >= 0
                && EscapedText.text(text.substring(0, colon)) instanceof Value.Text(String module)
                && EscapedText.text(text.substring(colon + 1)) instanceof Value.Text(String name)) {
            return new Value.Global(module, name);
        }
        throw new Malformed("not a global");
    }

    /** Returns the encoding, {@code ""} if there is none. */
    private static String encoding(Element element, String... known) throws Malformed {
        String encoding = element.get("enc");
        if (encoding == null) {
            return "";
        }
        for (String name : known) {
            if (name.equals(encoding)) {
                return name;
            }
        }
        throw new Malformed("unknown encoding " + encoding);
    }
}
