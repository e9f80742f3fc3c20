package gitzodb.tree;

import gitzodb.bytes.Bytes;
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
import java.util.TreeSet;

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
 * [class "m.C"]
 *     place = own              # or fold
 *     collection = _tree
 *     btree = OOBTree
 *     secret = api_key         # as often as needed; settings/* for the entries of a mapping or BTree
 * </pre>
 *
 * @param format which notations, class formats and secrets the tree has: those that were there in this version
 * @param only the objects that the tree has, with what is below them; none for all
 * @param classes rules by class
 */
public record TreeSettings(
        int format,
        Generation generation,
        boolean keepSecrets,
        boolean exact,
        List<ObjectPath> only,
        SortedMap<ClassName, ClassRule> classes) {
    /** The format of new trees; older ones stay as they are until their settings say a newer one. */
    public static final int FORMAT = FormatSettings.NEWEST;

    public TreeSettings {
        only = List.copyOf(only);
        classes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    }

    /** Returns what a new tree starts with. */
    public static TreeSettings of(Generation generation) {
        return new TreeSettings(FORMAT, generation, false, false, List.of(), new TreeMap<>());
    }

    /** Returns what {@code --exact} asks for: all that can be kept. */
    public static TreeSettings exact(Generation generation) {
        return of(generation).withAll();
    }

    /** Returns these settings with all that can be kept. */
    public TreeSettings withAll() {
        return new TreeSettings(format, generation, true, true, only, classes);
    }

    /** Returns these settings for a tree of chosen objects. */
    public TreeSettings only(List<ObjectPath> objects) {
        return new TreeSettings(format, generation, keepSecrets, exact, objects, classes);
    }

    /** Returns the same with secrets in the tree. */
    public TreeSettings keepingSecrets() {
        return new TreeSettings(format, generation, true, exact, only, classes);
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
                case "class..place", "class..collection", "class..btree", "class..secret" -> rule(setting, classes);
                default -> throw refused(setting, "unknown setting " + setting.section() + "." + setting.key());
            }
        }
        if (format == 0 || generation == null) {
            throw new TreeException(FileNames.SETTINGS, "zodb.format and zodb.generation must be set");
        }
        return new TreeSettings(format, generation, secrets, exact, only, classes);
    }

    /** Returns the content of {@code .zodbconfig}, always the same for equal settings. */
    public Bytes content() {
        StringBuilder out = new StringBuilder("[zodb]\n");
        line(out, "format", Integer.toString(format));
        line(out, "generation", generation == Generation.PYTHON3 ? "FS30" : "FS21");
        line(out, "secrets", keepSecrets ? "keep" : "omit");
        line(out, "exact", Boolean.toString(exact));
        only.forEach(object -> line(out, "only", object.toString()));
        classes.forEach((name, rule) -> {
            String quoted =
                    name.toString().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
            out.append("[class \"").append(quoted).append("\"]\n");
            rule.placement().ifPresent(place -> line(out, "place", place.name().toLowerCase(Locale.ROOT)));
            rule.collection().ifPresent(collection -> line(out, "collection", collection));
            rule.family().ifPresent(family -> line(out, "btree", family));
            rule.secrets().forEach(secret -> line(out, "secret", secret));
        });
        return Bytes.utf8(out.toString());
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
        ClassName name;
        try {
            name = ClassName.parse(setting.subsection());
        } catch (IllegalArgumentException e) {
            throw refused(setting, "not a class name: " + setting.subsection());
        }
        if (setting.key().equals("btree") && Structures.named(setting.value()).isEmpty()) {
            throw refused(setting, "btree is a class such as OOBTree or IITreeSet, not " + setting.value());
        }
        ClassRule old = classes.getOrDefault(name, ClassRule.NONE);
        classes.put(name, changed(old, setting));
    }

    private static ClassRule changed(ClassRule old, ConfigText.Setting setting) throws TreeException {
        Optional<String> value = Optional.of(setting.value());
        return switch (setting.key()) {
            case "place" ->
                new ClassRule(
                        Optional.of(
                                choose(setting, Map.of("own", ClassRule.Placing.OWN, "fold", ClassRule.Placing.FOLD))),
                        old.collection(),
                        old.family(),
                        old.secrets());
            case "collection" -> new ClassRule(old.placement(), value, old.family(), old.secrets());
            case "btree" -> new ClassRule(old.placement(), old.collection(), value, old.secrets());
            default -> {
                if (setting.value().replace("/*", "").isEmpty()) {
                    throw refused(setting, "secret names an attribute");
                }
                SortedSet<String> secrets = new TreeSet<>(old.secrets());
                secrets.add(setting.value());
                yield new ClassRule(old.placement(), old.collection(), old.family(), secrets);
            }
        };
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
