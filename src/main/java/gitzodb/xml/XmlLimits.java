package gitzodb.xml;

/** What one file may hold. Writer and reader check the same limits, so that nothing is written that cannot be read. */
public final class XmlLimits {
    /** Elements inside each other. */
    public static final int DEPTH = 4_000;

    /** Values inside each other; a value takes at most three elements. */
    public static final int VALUE_DEPTH = 1_000;

    /** Attributes of one element. */
    public static final int ATTRIBUTES = 16;

    /** UTF-16 units of one attribute value. */
    public static final int ATTRIBUTE_LENGTH = 64 * 1024;

    /** UTF-16 units of text in one element. */
    public static final int TEXT_LENGTH = 256 * 1024 * 1024;

    /** Bytes of a file. */
    public static final int FILE_LENGTH = 512 * 1024 * 1024;

    private XmlLimits() {}
}
