package gitzodb.cli;

import picocli.CommandLine.Option;

/** {@code --dry-run}: all is done but the writing; what is said and the exit code are those of the real run. */
final class DryRun {
    @Option(
            names = {"-n", "--dry-run"},
            description = "say what would be done, change nothing")
    private boolean on;

    boolean isOn() {
        return on;
    }

    /** Returns one of two wordings. */
    String say(String would, String done) {
        return on ? would : done;
    }
}
