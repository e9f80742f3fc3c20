package gitzodb.classes;

/**
 * An attribute that is kept as a natural file.
 *
 * @param name the attribute; its value is text, an 8-bit string or bytes, or a reference to a {@code Pdata} chain
 * @param extension what is added to the object's id unless it has a fitting extension; with the dot, {@code ""} for none
 * @param fitting extensions, with the dot and in lower case, that an id may have instead
 */
public record SourceAttribute(String name, String extension, java.util.Set<String> fitting) {}
