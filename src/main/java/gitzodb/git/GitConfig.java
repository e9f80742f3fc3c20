package gitzodb.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The configuration as git sees it, read in one go: all scopes, includes, {@code git -c} and the environment. Names are
 * {@code section.subsection.key}; section and key are not case-sensitive, the subsection is.
 */
public final class GitConfig {
    private final Map<String, List<String>> values;

    private GitConfig(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Reads the configuration that holds in the folder of {@code git}. */
    public static GitConfig read(Git git) throws IOException {
        Map<String, List<String>> values = new TreeMap<>();
        for (String part : git.attempt("config", "--list", "-z").orThrow().parts()) {
            int newline = part.indexOf('\n');
            // A key without "=" stands for true.
            String name = newline < 0 ? part : part.substring(0, newline);
            values.computeIfAbsent(canonical(name), key -> new ArrayList<>())
                    .add(newline < 0 ? "true" : part.substring(newline + 1));
        }
        return new GitConfig(values);
    }

    /** Returns the value that counts, the last one. */
    public Optional<String> find(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** Returns all values of a name in the order git reads them. */
    public List<String> all(String name) {
        return List.copyOf(values.getOrDefault(canonical(name), List.of()));
    }

    /** Returns the truth of a value as git reads it: {@code true yes on}, a number other than 0. */
    public boolean isTrue(String name, boolean otherwise) throws GitException {
        Optional<String> value = find(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        return switch (value.get().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on", "1" -> true;
            case "false", "no", "off", "0", "" -> false;
            default ->
                throw new GitException("git config " + name + ": '" + value.get()
                        + "' is neither true nor false; set it to one of them");
        };
    }

    /** Returns the subsections of a section, sorted: those {@code N} for which {@code section.N.key} is set. */
    public List<String> subsections(String section, String key) {
        String start = section.toLowerCase(Locale.ROOT) + '.';
        String end = '.' + key.toLowerCase(Locale.ROOT);
        return values.keySet().stream()
                .filter(name -> name.startsWith(start) && name.endsWith(end))
                .filter(name -> name.length() > start.length() + end.length())
                .map(name -> name.substring(start.length(), name.length() - end.length()))
                .toList();
    }

    private static String canonical(String name) {
        int first = name.indexOf('.');
        int last = name.lastIndexOf('.');
        if (first < 0) {
            throw new IllegalArgumentException("not the name of a setting: " + name);
        }
        return name.substring(0, first).toLowerCase(Locale.ROOT)
                + name.substring(first, last)
                + name.substring(last).toLowerCase(Locale.ROOT);
    }
}
