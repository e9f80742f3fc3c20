package gitzodb.shorthand;

import gitzodb.pickle.Generation;
import gitzodb.xml.Element;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shorthands there are, by class. */
public final class Shorthands {
    private static final List<Shorthand> ALL =
            List.of(new UserTable(), Assignments.roles(), Assignments.groups(), new PluginLists());
    private static final Map<String, Shorthand> BY_CLASS = byClass();

    private Shorthands() {}

    private static Map<String, Shorthand> byClass() {
        Map<String, Shorthand> all = new HashMap<>();
        ALL.forEach(each -> each.classes().forEach(cls -> all.put(cls, each)));
        return Map.copyOf(all);
    }

    private static Optional<Shorthand> of(Element object) {
        String cls = object.get("class");
        return cls == null || !object.name().equals("object")
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
        return of(object)
                .filter(shorthand -> shorthand.since() <= format)
                .flatMap(shorthand ->
                        shorthand.shorten(object, text).filter(made -> says(shorthand, made, object, text)))
                .orElse(object);
    }

    /** True if a shorter form says what the long one does; the order of attributes means nothing. */
    private static boolean says(Shorthand shorthand, Element made, Element object, Native text) {
        try {
            Element again = shorthand.lengthen(made, text);
            return again.attributes().equals(object.attributes())
                    && again.children().size() == object.children().size()
                    && new HashSet<>(again.children()).equals(new HashSet<>(object.children()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns the {@code <object>} that a tree shows, in the general form.
     *
     * @throws IllegalArgumentException if it says nothing that the general form could say
     */
    public static Element lengthen(Element object, Generation generation) {
        Optional<Shorthand> shorthand = of(object);
        return shorthand.isEmpty() ? object : shorthand.get().lengthen(object, new Native(generation));
    }
}
