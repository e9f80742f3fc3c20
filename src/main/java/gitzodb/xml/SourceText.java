package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Value;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The content of a {@code text}, {@code str} or {@code bytes}, where it is text that people edit by lines. */
public final class SourceText {
    private SourceText() {}

    /**
     * Returns the content, text as UTF-8; empty if it is in a natural file, shown as base64, text with lone surrogates or
     * not of its form.
     */
    public static Optional<Bytes> bytes(Element element) {
        if (element.get("file") != null || "base64".equals(element.get("enc"))) {
            return Optional.empty();
        }
        try {
            return switch (element.name()) {
                case "str", "bytes" -> Optional.of(Leaves.readBytes(element));
                case "text" ->
                    "escaped".equals(element.get("enc"))
                            ? EscapedText.text(element.text()) instanceof Value.Text(String text)
                                    ? utf8(text)
                                    : Optional.empty()
                            : Optional.of(Bytes.utf8(element.text()));
                default -> Optional.empty();
            };
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static Optional<Bytes> utf8(String text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return Optional.of(Bytes.utf8(text));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** Returns an element with this content, in canonical form, and the other attributes of {@code like}; empty if it can hold none such. */
    public static Optional<Element> of(Element like, Bytes content) {
        Element made;
        switch (like.name()) {
            case "str", "bytes" -> made = Leaves.bytes(like.name(), content, true);
            case "text" -> {
                String text = content.wellFormedUtf8().orElse(null);
                if (text == null) {
                    return Optional.empty();
                }
                made = Characters.arePlain(text)
                        ? Element.text("text", text)
                        : Element.text("text", EscapedText.ofText(text)).with("enc", "escaped");
            }
            default -> throw new IllegalArgumentException("<" + like.name() + "> holds no text");
        }
        return Optional.of(withAttributes(made, like));
    }

    /** Returns an element with the attributes of another, but for its own encoding. */
    public static Element withAttributes(Element made, Element like) {
        Element whole = Element.text(made.name(), made.text());
        String encoding = made.get("enc");
        for (Element.Attribute attribute : like.without("enc").attributes()) {
            whole = whole.with(attribute.name(), attribute.value());
        }
        return encoding == null ? whole : whole.with("enc", encoding);
    }
}
