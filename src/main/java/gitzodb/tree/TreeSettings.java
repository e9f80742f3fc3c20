package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.Secrets;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.pickle.Generation;
import gitzodb.zodb.ClassName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whatever changes the bytes of a tree, as {@code .zodbconfig} in the tree folder says it.
 *
 * <pre>
 * [zodb]
 *     format = 2               # or 1: the notations and class formats of the first trees
 *     generation = FS30        # or FS21: the pickles are those of Python 2
 *     secrets = omit           # or keep
 *     exact = false            # true keeps derived attributes too
 *     only = /Application/shop # any number: all other objects are left out, and left alone in the database
 *     defaultOwner = /acl_users ida # is not repeated on every object that has this owner
 * [class "m.C"]
 *     place = own              # or fold
 *     collection = _tree
 *     btree = OOBTree
 *     secret = api_key         # as often as needed; settings/* for the entries of a mapping or BTree
 *     format = OFS.Folder.Folder # the class is shown and loaded as this one
 *     source = body .html      # as often as needed: an attribute that is a natural file, and its extension
 *     derived = _cache         # as often as needed: left out, and left alone in the database
 * </pre>
 *
 * @param format which notations, class formats and secrets the tree has: those that were there in this version
 * @param only the objects that the tree has, with what is below them; none for all
 * @param defaultOwner the owner that objects do not say
 * @param classes rules by class
 */
public record TreeSettings(
        int format,
        Generation generation,
        boolean keepSecrets,
        boolean exact,
        List<ObjectPath> only,
        Optional<DefaultOwner> defaultOwner,
        SortedMap<ClassName, ClassRule> classes) {
    /** The format of new trees; older ones stay as they are until their settings say a newer one. */
    public static final int FORMAT = FormatSettings.NEWEST;

    /** An attribute, and after a space an extension that no other file of an object has. */
    private static final Pattern SOURCE = Pattern.compile("([^ ]+)(?: +(\\.(?!zodb)[a-z0-9]{1,15}))?");

    public TreeSettings {
        only = List.copyOf(only);
        classes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    }

    /** Returns what a new tree starts with. */
    public static TreeSettings of(Generation generation) {
        return new TreeSettings(FORMAT, generation, false, false, List.of(), Optional.empty(), new TreeMap<>());
    }

    /** Returns what {@code --exact} asks for: all that can be kept. */
    public static TreeSettings exact(Generation generation) {
        return of(generation).withAll();
    }

    /** Returns these settings with all that can be kept. */
    public TreeSettings withAll() {
        return new TreeSettings(format, generation, true, true, only, defaultOwner, classes);
    }

    /** Returns these settings for a tree of another version. */
    public TreeSettings in(int version) {
        return new TreeSettings(version, generation, keepSecrets, exact, only, defaultOwner, classes);
    }

    /** Returns these settings for a tree of chosen objects. */
    public TreeSettings only(List<ObjectPath> objects) {
        return new TreeSettings(format, generation, keepSecrets, exact, objects, defaultOwner, classes);
    }

    /** Returns the same with secrets in the tree. */
    public TreeSettings keepingSecrets() {
        return new TreeSettings(format, generation, true, exact, only, defaultOwner, classes);
    }

    /**
     * Reads {@code .zodbconfig}.
     *
     * @throws TreeException if a key or value is unknown, a key is missing, or the format is newer than this program
     */
    public static TreeSettings parse(Bytes content) throws TreeException {
        int format = 0;
        Generation generation = null;
        boolean secrets = false;
        boolean exact = false;
        List<ObjectPath> only = new ArrayList<>();
        DefaultOwner owner = null;
        TreeMap<ClassName, ClassRule> classes = new TreeMap<>();
        String text = new String(content.toArray(), StandardCharsets.UTF_8);
        for (ConfigText.Setting setting : ConfigText.parse(FileNames.SETTINGS, text)) {
            switch (setting.section() + (setting.subsection().isEmpty() ? "." : "..") + setting.key()) {
                case "zodb.format" -> format = number(setting);
                case "zodb.generation" ->
                    generation = choose(setting, Map.of("FS30", Generation.PYTHON3, "FS21", Generation.PYTHON2));
                case "zodb.secrets" -> secrets = choose(setting, Map.of("omit", false, "keep", true));
                case "zodb.exact" -> exact = choose(setting, Map.of("false", false, "true", true));
                case "zodb.only" -> only.add(object(setting));
                case "zodb.defaultowner" -> owner = owner(setting);
                case "class..place",
                        "class..collection",
                        "class..btree",
                        "class..secret",
                        "class..format",
                        "class..source",
                        "class..derived" -> rule(setting, classes);
                default -> throw refused(setting, "unknown setting " + setting.section() + "." + setting.key());
            }
        }
        if (format == 0 || generation == null) {
            throw new TreeException(FileNames.SETTINGS, "zodb.format and zodb.generation must be set");
        }
        return new TreeSettings(format, generation, secrets, exact, only, Optional.ofNullable(owner), classes);
    }

    /** Returns the content of {@code .zodbconfig}, always the same for equal settings. */
    public Bytes content() {
        StringBuilder out = new StringBuilder("[zodb]\n");
        line(out, "format", Integer.toString(format));
        line(out, "generation", generation == Generation.PYTHON3 ? "FS30" : "FS21");
        line(out, "secrets", keepSecrets ? "keep" : "omit");
        line(out, "exact", Boolean.toString(exact));
        only.forEach(object -> line(out, "only", object.toString()));
        defaultOwner.ifPresent(owner -> line(out, "defaultOwner", owner.toString()));
        classes.forEach((name, rule) -> {
            String quoted =
                    name.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            out.append("[class \"").append(quoted).append("\"]\n");
            rule.placement().ifPresent(place -> line(out, "place", place.name().toLowerCase(Locale.ROOT)));
            rule.collection().ifPresent(collection -> line(out, "collection", collection));
            rule.family().ifPresent(family -> line(out, "btree", family));
            rule.secrets().forEach(secret -> line(out, "secret", secret));
            rule.like().ifPresent(like -> line(out, "format", like.toString()));
            rule.sources()
                    .forEach((attribute, extension) -> line(out, "source", (attribute + " " + extension).strip()));
            rule.derived().forEach(derived -> line(out, "derived", derived));
        });
        return Bytes.utf8(out.toString());
    }

    /** Returns the formats for this tree: those of its version, and those that it says itself. */
    public ClassFormats formats(ClassFormats all) {
        ClassFormats known = all.in(format);
        List<RuledFormat> ruled = new ArrayList<>();
        classes.forEach((name, rule) -> {
            if (rule.isFormat()) {
                ClassFormat base = rule.like().flatMap(known::named).orElseGet(() -> known.of(name));
                ruled.add(new RuledFormat(name, rule, base));
            }
        });
        return ruled.isEmpty() ? known : known.with(ruled);
    }

    /**
     * Refuses a rule that gives a class the format of one that has none.
     *
     * @param content what these settings were read from
     */
    public void requireFormats(ClassFormats all, Bytes content) throws TreeException {
        if (classes.values().stream().noneMatch(rule -> rule.like().isPresent())) {
            return;
        }
        ClassFormats known = all.in(format);
        String text = new String(content.toArray(), StandardCharsets.UTF_8);
        for (ConfigText.Setting setting : ConfigText.parse(FileNames.SETTINGS, text)) {
            boolean names = setting.section().equals("class") && setting.key().equals("format");
            if (names && known.named(className(setting, setting.value())).isEmpty()) {
                throw refused(
                        setting,
                        "class " + setting.subsection() + " has the format of " + setting.value()
                                + ", for which there is none; one of your own goes into a jar that 'git config"
                                + " zodb.classpath' names");
            }
        }
    }

    public FormatSettings formats() {
        return new FormatSettings(exact, format);
    }

    /** Returns what is secret, whether it is kept or not: the built-in table and the rules by class. */
    public Secrets secrets() {
        Map<ClassName, SortedSet<String>> own = new TreeMap<>();
        classes.forEach((name, rule) -> {
            if (!rule.secrets().isEmpty()) {
                own.put(name, rule.secrets());
            }
        });
        return Secrets.ofZope(format).and(own);
    }

    public ClassRule rule(ClassName name) {
        return classes.getOrDefault(name, ClassRule.NONE);
    }

    /** Returns what a class is by its name, or by what the settings say of a subclass. */
    public Structure structure(ClassName name) {
        Structure known = Structures.of(name);
        Optional<Structure.Node> ruled =
                known == Structure.Plain.NONE ? rule(name).family().flatMap(Structures::named) : Optional.empty();
        return ruled.isPresent() ? ruled.get() : known;
    }

    /** True for a class whose objects can be left out but for their class: BTrees, sets and counters. */
    public boolean isEmptiable(ClassName name) {
        Structure structure = structure(name);
        return structure instanceof Structure.Node || structure == Structure.Plain.LENGTH;
    }

    /** True if {@code other} lets secrets out that these settings hold back: it needs the same in local settings. */
    public boolean loosenedBy(TreeSettings other) {
        boolean fewer = classes.entrySet().stream()
                .anyMatch(rule -> !other.rule(rule.getKey())
                        .secrets()
                        .containsAll(rule.getValue().secrets()));
        return !keepSecrets && (other.keepSecrets || fewer || other.format < format);
    }

    private static void line(StringBuilder out, String key, String value) {
        out.append('\t')
                .append(key)
                .append(" = ")
                .append(ConfigText.quote(value))
                .append('\n');
    }

    private static void rule(ConfigText.Setting setting, Map<ClassName, ClassRule> classes) throws TreeException {
        ClassName name = className(setting, setting.subsection());
        classes.put(name, changed(classes.getOrDefault(name, ClassRule.NONE), setting));
    }

    private static ClassName className(ConfigText.Setting setting, String text) throws TreeException {
        try {
            return ClassName.parse(text);
        } catch (IllegalArgumentException e) {
            throw refused(setting, "not a class name: " + text);
        }
    }

    private static ClassRule changed(ClassRule old, ConfigText.Setting setting) throws TreeException {
        String value = setting.value();
        if (value.isBlank() || value.replace("/*", "").isEmpty()) {
            throw refused(setting, setting.key() + " has no value");
        }
        return switch (setting.key()) {
            case "place" ->
                old.placed(choose(setting, Map.of("own", ClassRule.Placing.OWN, "fold", ClassRule.Placing.FOLD)));
            case "collection" -> old.collecting(value);
            case "btree" -> {
                if (Structures.named(value).isEmpty()) {
                    throw refused(setting, "btree is a class such as OOBTree or IITreeSet, not " + value);
                }
                yield old.ofFamily(value);
            }
            case "format" -> old.like(className(setting, value));
            case "source" -> {
                Matcher source = SOURCE.matcher(value);
                if (!source.matches()) {
                    throw refused(
                            setting, "source is an attribute and an extension, such as 'body .html', not " + value);
                }
                yield old.withSource(source.group(1), source.group(2) == null ? "" : source.group(2));
            }
            case "derived" -> old.withDerived(value);
            default -> old.withSecret(value);
        };
    }

    private static DefaultOwner owner(ConfigText.Setting setting) throws TreeException {
        try {
            return DefaultOwner.parse(setting.value());
        } catch (IllegalArgumentException wrong) {
            throw refused(setting, String.valueOf(wrong.getMessage()));
        }
    }

    private static ObjectPath object(ConfigText.Setting setting) throws TreeException {
        try {
            ObjectPath path = ObjectPath.parse(setting.value());
            if (path.local().isEmpty()) {
                return path;
            }
        } catch (IllegalArgumentException wrong) {
            throw refused(setting, String.valueOf(wrong.getMessage()));
        }
        throw refused(setting, "an object with a file of its own has no # in its path: " + setting.value());
    }

    private static int number(ConfigText.Setting setting) throws TreeException {
        if (!setting.value().matches("[1-9][0-9]{0,3}")) {
            throw refused(setting, "not a format version: " + setting.value());
        }
        int format = Integer.parseInt(setting.value());
        if (format > FORMAT) {
            throw refused(
                    setting, "format " + format + " is newer than this program reads (" + FORMAT + "); update it");
        }
        return format;
    }

    private static <T> T choose(ConfigText.Setting setting, Map<String, T> choices) throws TreeException {
        T chosen = choices.get(setting.value());
        if (chosen == null) {
            throw refused(
                    setting,
                    setting.key() + " is one of " + String.join(", ", new java.util.TreeSet<>(choices.keySet()))
                            + ", not " + setting.value());
        }
        return chosen;
    }

    private static TreeException refused(ConfigText.Setting setting, String message) {
        return new TreeException(FileNames.SETTINGS, "line " + setting.line() + ": " + message);
    }
}
