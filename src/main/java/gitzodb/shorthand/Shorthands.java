package gitzodb.shorthand;

import gitzodb.pickle.Generation;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The shorthands there are, by class. */
public final class Shorthands {
    /** Those that do not look like an object. */
    private static final Map<String, Shorthand> BY_ELEMENT = Map.of(
            ExpressionText.ELEMENT, new ExpressionText(),
            RegistryFields.ELEMENT, new RegistryFields(),
            MimeTypes.ELEMENT, new MimeTypes());

    private static final List<Shorthand> ALL = List.of(
            new UserTable(),
            Assignments.roles(),
            Assignments.groups(),
            new PluginLists(),
            new Registrations(),
            new TwinExpressions(),
            new FolderOrder());
    private static final Map<String, Shorthand> BY_CLASS = byClass();
    private static final Set<ClassName> REFERRING = BY_CLASS.entrySet().stream()
            .filter(each -> each.getValue().refersToParts())
            .map(each -> ClassName.parse(each.getKey()))
            .collect(Collectors.toUnmodifiableSet());

    /** The attribute of an element for its path; never in a tree. */
    public static final String AT = Registration.AT;

    /** How deep paths are noted: attribute, dict, entry, tuple, component. */
    private static final int AT_DEPTH = 5;

    private Shorthands() {}

    private static Map<String, Shorthand> byClass() {
        Map<String, Shorthand> all = new HashMap<>();
        Stream.concat(ALL.stream(), BY_ELEMENT.values().stream())
                .forEach(each -> each.classes().forEach(cls -> all.put(cls, each)));
        return Map.copyOf(all);
    }

    private static Optional<Shorthand> of(Element object) {
        Shorthand named = BY_ELEMENT.get(object.name());
        if (named != null) {
            return Optional.of(named);
        }
        String cls = object.get("class");
        return cls == null || !object.name().equals("object") && !object.name().equals("tree")
                ? Optional.empty()
                : Optional.ofNullable(BY_CLASS.get(cls));
    }

    /**
     * Returns an {@code <object>} as a tree shows it.
     *
     * @param format the version of the tree
     */
    public static Element shorten(Element object, Generation generation, int format) {
        Native text = new Native(generation);
        Element made = of(object)
                .filter(shorthand -> shorthand.since() <= format)
                .flatMap(shorthand ->
                        shorthand.shorten(object, text).filter(shorter -> says(shorthand, shorter, object, text)))
                .orElse(object);
        return of(object).filter(Shorthand::refersToParts).isPresent() ? unnoted(made, AT_DEPTH) : made;
    }

    /** True if a shorter form says what the long one does; the order of attributes means nothing. */
    private static boolean says(Shorthand shorthand, Element made, Element object, Native text) {
        try {
            Element again = shorthand.lengthen(made, text);
            return again.attributes().equals(object.attributes()) && shorthand.says(again, object);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** True if the elements of what such an object holds, two steps below, are to have their paths ({@link #AT}). */
    public static boolean refersToParts(ClassName cls) {
        return REFERRING.contains(cls);
    }

    /** Returns an element without the paths that a writer noted. */
    private static Element unnoted(Element element, int depth) {
        Element bare = element.get(AT) == null ? element : element.without(AT);
        return depth == 0 || element.children().isEmpty()
                ? bare
                : Parts.with(
                        bare,
                        element.children().stream()
                                .map(child -> unnoted(child, depth - 1))
                                .toList());
    }

    /**
     * Returns the {@code <object>} that a tree shows, in the general form. An element that stands in it twice, one and the
     * same, is one object: the second stands for a reference to it.
     *
     * @param format the version of the tree
     * @throws IllegalArgumentException if it says nothing that the general form could say
     */
    public static Element lengthen(Element object, Generation generation, int format) {
        Optional<Shorthand> shorthand = of(object).filter(each -> !each.isImplied() || each.since() <= format);
        return shorthand.isEmpty() ? object : shorthand.get().lengthen(object, new Native(generation));
    }
}
