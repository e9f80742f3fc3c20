package gitzodb.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Text in the syntax of git-config: sections with an optional quoted subsection, {@code key = value}, comments after
 * {@code #} or {@code ;}, values in double quotes with {@code \" \\ \n \t}. No includes, no continued lines.
 */
final class ConfigText {
    /**
     * One setting.
     *
     * @param section in lower case, as {@code key}
     * @param subsection as written; empty if there is none
     * @param line from 1
     */
    record Setting(String section, String subsection, String key, String value, int line) {}

    private final String file;
    private final List<Setting> settings = new ArrayList<>();

    private ConfigText(String file) {
        this.file = file;
    }

    static List<Setting> parse(String file, String text) throws TreeException {
        ConfigText config = new ConfigText(file);
        String section = "";
        String subsection = "";
        int number = 0;
        for (String raw : text.split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
                continue;
            }
            if (line.startsWith("[")) {
                int close = line.lastIndexOf(']');
                if (close < 0 || !line.substring(close + 1).isBlank()) {
                    throw config.refused(number, "section without ]");
                }
                String head = line.substring(1, close);
                int quote = head.indexOf('"');
                section = (quote < 0 ? head : head.substring(0, quote)).strip().toLowerCase(Locale.ROOT);
                subsection = quote < 0 ? "" : config.value(head.substring(quote), number);
                continue;
            }
            int equals = line.indexOf('=');
            if (equals <= 0 || section.isEmpty()) {
                throw config.refused(number, "not a setting: " + line);
            }
            String key = line.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            String value = config.value(line.substring(equals + 1).strip(), number);
            config.settings.add(new Setting(section, subsection, key, value, number));
        }
        return config.settings;
    }

    /** Writes a value so that {@link #parse} reads it back. */
    static String quote(String value) {
        if (value.matches("[\\w.:/-]+")) {
            return value;
        }
        return '"'
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }

    private String value(String text, int line) throws TreeException {
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        int kept = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
                kept = value.length();
            } else if (c == '\\') {
                int escape = i + 1 < text.length() ? "\"\\nt".indexOf(text.charAt(++i)) : -1;
                if (escape < 0) {
                    throw refused(line, "unknown escape in " + text);
                }
                value.append("\"\\\n\t".charAt(escape));
                kept = value.length();
            } else if (!quoted && (c == '#' || c == ';')) {
                break;
            } else {
                value.append(c);
                kept = quoted || c > ' ' ? value.length() : kept;
            }
        }
        if (quoted) {
            throw refused(line, "value without closing quote");
        }
        value.setLength(kept);
        return value.toString();
    }

    private TreeException refused(int line, String message) {
        return new TreeException(file, "line " + line + ": " + message);
    }
}
