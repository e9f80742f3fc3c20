package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of one file in the hooks folder. Our lines stand between two marks: alone in a file of ours, or after the
 * first line of a shell script that was there. A hook that is no shell script is moved aside and called by ours. All of
 * it can be taken back byte for byte.
 */
final class HookFile {
    static final String START = "# >>> git zodb: managed by 'git zodb install' and 'uninstall' >>>\n";
    static final String END = "# <<< git zodb <<<\n";
    private static final String SHEBANG = "#!/bin/sh\n";

    /** Added to the name of a hook that was moved aside. */
    static final String ASIDE = ".before-git-zodb";

    private static final Pattern SHELL =
            Pattern.compile("#!\\s*(\\S*/)?(env\\s+(-S\\s+)?)?(\\S*/)?(sh|bash|dash|ksh|zsh)(\\s[^\\r\\n]*)?\\n");

    private HookFile() {}

    /** Returns the changes that put our lines into {@code hooks/event}; none if they are there. */
    static Optional<FileChange> install(Path hooks, String event, Path ours) throws IOException {
        Path file = hooks.resolve(event);
        Path aside = hooks.resolve(event + ASIDE);
        String lines = START + call(event, ours) + END;
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(FileChange.create(file, Bytes.utf8(SHEBANG + lines)));
        }
        if (Files.isSymbolicLink(file)) {
            return Optional.of(FileChange.moveAside(file, aside, withAside(lines, aside)));
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String without = remove(text);
        if (without.equals(SHEBANG + latin1(callAside(aside)))) {
            return change(file, text, withAside(lines, aside).latin1());
        }
        int first = without.indexOf('\n') + 1;
        if (!Files.isExecutable(file)
                || !SHELL.matcher(without.substring(0, first)).matches()) {
            return Optional.of(FileChange.moveAside(file, aside, withAside(lines, aside)));
        }
        return change(file, text, without.substring(0, first) + latin1(lines) + without.substring(first));
    }

    /** Returns the change that takes our lines out of {@code hooks/event}; none if they are not there. */
    static Optional<FileChange> uninstall(Path hooks, String event) throws IOException {
        Path file = hooks.resolve(event);
        Path aside = hooks.resolve(event + ASIDE);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        String without = remove(text);
        if (without.equals(text)) {
            return Optional.empty();
        }
        if (without.equals(SHEBANG + latin1(callAside(aside)))) {
            return Optional.of(FileChange.moveBack(aside, file));
        }
        return without.equals(SHEBANG) ? Optional.of(FileChange.delete(file)) : change(file, text, without);
    }

    private static Optional<FileChange> change(Path file, String before, String after) throws IOException {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(FileChange.rewrite(file, Bytes.wrap(after.getBytes(StandardCharsets.ISO_8859_1))));
    }

    private static Bytes withAside(String lines, Path aside) {
        return Bytes.utf8(SHEBANG + lines + callAside(aside));
    }

    private static String callAside(Path aside) {
        String path = quote(aside);
        return "[ ! -x " + path + " ] || exec " + path + " \"$@\"\n";
    }

    /** Hooks read their script as bytes; so is it compared and put together here. */
    private static String latin1(String text) {
        return Bytes.utf8(text).latin1();
    }

    /** Returns a file without our lines. */
    static String remove(String text) {
        int start = text.indexOf(START);
        int end = text.indexOf(END, Math.max(start, 0));
        return start < 0 || end < 0 ? text : text.substring(0, start) + text.substring(end + END.length());
    }

    /** A hook whose program is gone says nothing and lets git go on. */
    private static String call(String event, Path ours) {
        String path = quote(ours);
        if (!event.equals("reference-transaction")) {
            return "if [ -x " + path + " ]; then " + path + " \"$@\" </dev/null || exit $?; fi\n";
        }
        // The list of refs comes on standard input; what follows in the file gets it again.
        return """
                if [ "$1" = committed ] && [ -x %s ]; then
                    git_zodb_refs=$(cat)
                    %s "$@" <<git_zodb_refs || exit $?
                $git_zodb_refs
                git_zodb_refs
                    exec <<git_zodb_refs
                $git_zodb_refs
                git_zodb_refs
                fi
                """.formatted(path, path);
    }

    /** Returns a path as one word of a POSIX shell. */
    static String quote(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
