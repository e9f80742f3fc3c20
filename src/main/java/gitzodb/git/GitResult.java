package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a run of git ended: arguments, exit status, what it printed on standard output and standard error. */
public record GitResult(List<String> arguments, int status, Bytes output, String errors) {
    public GitResult {
        arguments = List.copyOf(arguments);
    }

    public boolean succeeded() {
        return status == 0;
    }

    /** Returns this result if git succeeded. */
    public GitResult orThrow() throws GitException {
        if (!succeeded()) {
            throw new GitException("git " + arguments.getFirst() + ": " + reason());
        }
        return this;
    }

    /** Returns the line of standard error that tells why git failed, without {@code fatal:} or {@code error:}. */
    public String reason() {
        String last = "";
        for (String line : errors.lines().map(String::strip).toList()) {
            if (line.startsWith("fatal: ") || line.startsWith("error: ")) {
                return line.substring("fatal: ".length());
            }
            last = line.isEmpty() ? last : line;
        }
        return last.isEmpty() ? "exit status " + status : last;
    }

    /** Returns the output as UTF-8 text without its final newline. */
    public String text() {
        String text = new String(output.toArray(), StandardCharsets.UTF_8);
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }

    /** Returns the parts of an output made with {@code -z}: each ends with a NUL. */
    public List<String> parts() {
        String text = new String(output.toArray(), StandardCharsets.UTF_8);
        List<String> parts = new ArrayList<>();
        for (int start = 0, end; (end = text.indexOf('\0', start)) >= 0; start = end + 1) {
            parts.add(text.substring(start, end));
        }
        return parts;
    }
}
