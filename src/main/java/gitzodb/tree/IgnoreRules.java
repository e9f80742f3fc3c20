package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ClassName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is left out of a tree and left alone in the database ({@code .zodbignore}): objects by path in gitignore syntax,
 * after a line {@code [attr]} attribute names, after a line {@code [class]} class names; all with {@code * ? [a-z]},
 * {@code !} takes back. The last rule that matches decides.
 */
public final class IgnoreRules {
    public static final IgnoreRules NONE = new IgnoreRules(List.of(), List.of(), List.of(), List.of());

    private record Rule(Pattern pattern, boolean ignores) {}

    private final List<Rule> paths;
    private final List<Rule> attributes;
    private final List<Rule> classes;
    private final List<ObjectPath> only;

    private IgnoreRules(List<Rule> paths, List<Rule> attributes, List<Rule> classes, List<ObjectPath> only) {
        this.paths = paths;
        this.attributes = attributes;
        this.classes = classes;
        this.only = only;
    }

    /**
     * Returns these rules for a tree of chosen objects.
     *
     * @param objects all others are left out, but what is below these and what holds them; none for no choice
     */
    public IgnoreRules within(List<ObjectPath> objects) {
        return new IgnoreRules(paths, attributes, classes, List.copyOf(objects));
    }

    /**
     * Reads the rules of a folder of the tree and adds them to these, which they overrule.
     *
     * @param folder the object path of the folder without the leading slash; empty for the tree folder
     * @throws TreeException if a pattern or section is not known
     */
    public IgnoreRules with(String folder, Bytes content) throws TreeException {
        String file = folder.isEmpty() ? FileNames.IGNORE : folder + '/' + FileNames.IGNORE;
        List<Rule> newPaths = new ArrayList<>(paths);
        List<Rule> newAttributes = new ArrayList<>(attributes);
        List<Rule> newClasses = new ArrayList<>(classes);
        List<Rule> section = newPaths;
        boolean byPath = true;
        int number = 0;
        for (String raw : new String(content.toArray(), StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            String line = raw.stripTrailing();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.equals("[attr]")) {
                section = newAttributes;
                byPath = false;
            } else if (line.equals("[class]")) {
                section = newClasses;
                byPath = false;
            } else {
                boolean negated = line.startsWith("!");
                String glob = negated ? line.substring(1) : line;
                try {
                    String regex = byPath ? path(folder, glob) : glob(glob, 0, glob.length());
                    section.add(new Rule(Pattern.compile(regex, Pattern.DOTALL), !negated));
                } catch (PatternSyntaxException e) {
                    throw new TreeException(file, "line " + number + ": not a pattern: " + glob);
                }
            }
        }
        return new IgnoreRules(newPaths, newAttributes, newClasses, only);
    }

    public boolean isEmpty() {
        return paths.isEmpty() && attributes.isEmpty() && classes.isEmpty() && only.isEmpty();
    }

    /** True if an object is left out; what is below an ignored object is ignored whatever else is said of it. */
    public boolean ignoresObject(ObjectPath path, ClassName name) {
        return matches(classes, name.toString()) || ignoresPath(path);
    }

    /** True if an object may be left out, whatever its class. */
    public boolean mayIgnore(ObjectPath path) {
        return !classes.isEmpty() || ignoresPath(path);
    }

    private boolean ignoresPath(ObjectPath path) {
        boolean chosen = only.isEmpty()
                || only.stream()
                        .anyMatch(
                                each -> Selection.isAtOrBelow(path, each) || Selection.isAtOrBelow(each, path.owner()));
        if (!chosen) {
            return true;
        }
        if (paths.isEmpty()) {
            return false;
        }
        String text = ObjectPath.join(path.segments());
        for (int end = text.indexOf('/'); end >= 0; end = text.indexOf('/', end + 1)) {
            if (matches(paths, text.substring(0, end))) {
                return true;
            }
        }
        return matches(paths, text);
    }

    public boolean hasAttributes() {
        return !attributes.isEmpty();
    }

    public boolean ignoresAttribute(String name) {
        return matches(attributes, name);
    }

    private static boolean matches(List<Rule> rules, String text) {
        for (Rule rule : rules.reversed()) {
            if (rule.pattern.matcher(text).matches()) {
                return rule.ignores;
            }
        }
        return false;
    }

    private static String path(String folder, String glob) {
        String body = glob.endsWith("/") ? glob.substring(0, glob.length() - 1) : glob;
        boolean anchored = body.indexOf('/') >= 0;
        body = body.startsWith("/") ? body.substring(1) : body;
        StringBuilder regex = new StringBuilder(folder.isEmpty() ? "" : Pattern.quote(folder + "/"));
        if (!anchored) {
            regex.append("(?:.*/)?");
        }
        int from = 0;
        while (from <= body.length()) {
            int slash = body.indexOf('/', from);
            int end = slash < 0 ? body.length() : slash;
            boolean stars = body.substring(from, end).equals("**");
            if (stars) {
                regex.append(slash < 0 ? ".*" : "(?:.*/)?");
            } else {
                regex.append(glob(body, from, end));
                regex.append(slash < 0 ? "" : "/");
            }
            from = end + 1;
        }
        return regex.toString();
    }

    /** Turns one name pattern into a regular expression that cannot backtrack without bound. */
    private static String glob(String glob, int from, int to) {
        StringBuilder regex = new StringBuilder();
        for (int i = from; i < to; i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    while (i + 1 < to && glob.charAt(i + 1) == '*') {
                        i++;
                    }
                    regex.append("[^/]*");
                }
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    int close = glob.indexOf(']', i + 2);
                    if (close < 0 || close >= to) {
                        throw new PatternSyntaxException("no ]", glob, i);
                    }
                    boolean not = glob.charAt(i + 1) == '!' || glob.charAt(i + 1) == '^';
                    String body = glob.substring(not ? i + 2 : i + 1, close);
                    regex.append(not ? "[^/" : "[")
                            .append(body.replaceAll("[\\[\\]&^\\\\]", "\\\\$0"))
                            .append(']');
                    i = close;
                }
                case '\\' -> regex.append(Pattern.quote(i + 1 < to ? glob.substring(++i, i + 1) : "\\"));
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        }
        return regex.toString();
    }
}
