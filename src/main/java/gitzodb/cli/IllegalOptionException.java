package gitzodb.cli;

/** Options or arguments that picocli took and that cannot be, alone or together. */
final class IllegalOptionException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    IllegalOptionException(String message) {
        super(message);
    }
}
