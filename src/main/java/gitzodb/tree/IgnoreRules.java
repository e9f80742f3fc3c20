package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.zodb.ClassName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What is left out of a tree and left alone in the database ({@code .zodbignore}): objects by path in gitignore syntax,
 * by class in lines {@code [class module.Name]}, attributes of the objects of a class in lines
 * {@code [attr module.Name attribute]}, and what BTrees, sets and counters at such attributes hold in lines
 * {@code [content module.Name attribute]}; all with {@code * ? [a-z]}, {@code !} takes back. The last rule that matches
 * decides.
 */
public final class IgnoreRules {
    public static final IgnoreRules NONE = new IgnoreRules(List.of(), List.of(), List.of(), List.of(), List.of());

    private static final Pattern BY_CLASS = Pattern.compile("\\[(class|attr|content)( .*)?]");

    /** How the words of a rule by class are to be. */
    private record Form(String text, int least, int most) {}

    private static final Map<String, Form> FORMS = Map.of(
            "class", new Form("[class module.Name]", 1, 1),
            "attr", new Form("[attr module.Name attribute]", 2, 2),
            "content", new Form("[content module.Name] or [content module.Name attribute]", 1, 2));

    /**
     * What a rule for all content of a class spares: children of containers, the sets of a topic index, and what a
     * relation catalog relates.
     */
    private static final Pattern ALL_BUT_SETTINGS = Pattern.compile(
            "(?!(?:_tree|_SampleContainer__data|_BTreeContainer__data|filteredSets|_attrs|_name_TO_mapping)$).*",
            Pattern.DOTALL);

    private record Rule(Pattern pattern, boolean ignores) {}

    /** @param folder the folder whose objects it is for; empty for all */
    private record ClassRule(String folder, Pattern cls, boolean ignores) {
        boolean isFor(String path) {
            return folder.isEmpty() || path.startsWith(folder + "/");
        }
    }

    private record AttributeRule(Pattern cls, Pattern name, boolean ignores) {}

    private final List<Rule> paths;
    private final List<AttributeRule> attributes;
    private final List<AttributeRule> contents;
    private final List<ClassRule> classes;
    private final List<ObjectPath> only;

    private IgnoreRules(
            List<Rule> paths,
            List<AttributeRule> attributes,
            List<AttributeRule> contents,
            List<ClassRule> classes,
            List<ObjectPath> only) {
        this.paths = paths;
        this.attributes = attributes;
        this.contents = contents;
        this.classes = classes;
        this.only = only;
    }

    /**
     * Returns these rules for a tree of chosen objects.
     *
     * @param objects all others are left out, but what is below these and what holds them; none for no choice
     */
    public IgnoreRules within(List<ObjectPath> objects) {
        return new IgnoreRules(paths, attributes, contents, classes, List.copyOf(objects));
    }

    /**
     * Reads the rules of a folder of the tree and adds them to these, which they overrule.
     *
     * @param folder the object path of the folder without the leading slash; empty for the tree folder
     * @throws TreeException if a line is no pattern, or no rule for classes or attributes
     */
    public IgnoreRules with(String folder, Bytes content) throws TreeException {
        String file = folder.isEmpty() ? FileNames.IGNORE : folder + '/' + FileNames.IGNORE;
        IgnoreRules all = new IgnoreRules(
                new ArrayList<>(paths),
                new ArrayList<>(attributes),
                new ArrayList<>(contents),
                new ArrayList<>(classes),
                only);
        int number = 0;
        for (String raw : new String(content.toArray(), StandardCharsets.UTF_8).split("\n", -1)) {
            number++;
            String line = raw.stripTrailing();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            try {
                all.add(folder, line);
            } catch (PatternSyntaxException e) {
                throw new TreeException(file, "line " + number + ": " + e.getDescription() + ": " + e.getPattern());
            }
        }
        return all;
    }

    /**
     * Adds to these rules that some objects of a folder are left out, by their ids.
     *
     * @param folder its path without the leading slash; empty for the root
     */
    public IgnoreRules withNames(String folder, Collection<String> ids) {
        List<Rule> more = new ArrayList<>(paths);
        for (String id : ids) {
            String path = ObjectPath.join(List.of(Segment.plain(id)));
            more.add(new Rule(compiled(Pattern.quote(FileNames.join(folder, path))), true));
        }
        return new IgnoreRules(more, attributes, contents, classes, only);
    }

    private void add(String folder, String line) {
        boolean negated = line.startsWith("!");
        String glob = negated ? line.substring(1) : line;
        Matcher rule = BY_CLASS.matcher(glob);
        if (!rule.matches()) {
            paths.add(new Rule(compiled(path(folder, glob)), !negated));
            return;
        }
        List<String> words =
                List.of((rule.group(2) == null ? "" : rule.group(2)).strip().split(" +"));
        String kind = rule.group(1);
        Form form = Objects.requireNonNull(FORMS.get(kind));
        if (words.contains("") || words.size() < form.least || words.size() > form.most) {
            throw new PatternSyntaxException("the form is " + form.text + ", not", glob, -1);
        }
        if (!kind.equals("class") && !folder.isEmpty()) {
            throw new PatternSyntaxException(
                    "this goes into the " + FileNames.IGNORE + " of the tree folder", glob, -1);
        }
        Pattern cls = compiled(glob(words.getFirst()));
        if (kind.equals("class")) {
            classes.add(new ClassRule(folder, cls, !negated));
        } else {
            Pattern name = words.size() == 1 ? ALL_BUT_SETTINGS : compiled(glob(words.get(1)));
            (kind.equals("attr") ? attributes : contents).add(new AttributeRule(cls, name, !negated));
        }
    }

    private static Pattern compiled(String regex) {
        return Pattern.compile(regex, Pattern.DOTALL);
    }

    private static String glob(String glob) {
        return glob(glob, 0, glob.length());
    }

    public boolean isEmpty() {
        return paths.isEmpty() && !hasAttributes() && classes.isEmpty() && only.isEmpty();
    }

    /** True if an object is left out; what is below an ignored object is ignored whatever else is said of it. */
    public boolean ignoresObject(ObjectPath path, ClassName name) {
        return ignoresClass(path, name) || ignoresPath(path);
    }

    private boolean ignoresClass(ObjectPath path, ClassName name) {
        if (classes.isEmpty()) {
            return false;
        }
        String text = ObjectPath.join(path.segments());
        for (ClassRule rule : classes.reversed()) {
            if (rule.isFor(text) && rule.cls.matcher(name.toString()).matches()) {
                return rule.ignores;
            }
        }
        return false;
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

    /** True if there are rules for attributes, or for what they hold. */
    public boolean hasAttributes() {
        return !attributes.isEmpty() || !contents.isEmpty();
    }

    /** True if an attribute of the objects of a class is left out. */
    public boolean ignoresAttribute(ClassName cls, String name) {
        return matches(attributes, cls, name);
    }

    /** True if what a BTree, set or counter at an attribute of the objects of a class holds is left out. */
    public boolean ignoresContent(ClassName cls, String name) {
        return matches(contents, cls, name);
    }

    private static boolean matches(List<AttributeRule> rules, ClassName cls, String name) {
        for (AttributeRule rule : rules.reversed()) {
            if (rule.name.matcher(name).matches()
                    && rule.cls.matcher(cls.toString()).matches()) {
                return rule.ignores;
            }
        }
        return false;
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
                        throw new PatternSyntaxException("not a pattern", glob, i);
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
