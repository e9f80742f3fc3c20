package gitzodb.xml;

/** Text that is not of its form; the reader adds the place. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
