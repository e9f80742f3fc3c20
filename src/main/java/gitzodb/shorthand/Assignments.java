package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The roles of a ZODBRoleManager and the groups of a ZODBGroupManager: which there are, one {@code <role>} or
 * {@code <group>} each, and who has them, one {@code <principal>} for each that somebody has.
 */
final class Assignments implements Shorthand {
    private final Set<String> classes;
    private final String one;
    private final String tree;
    private final String given;
    private final String definitions;
    private final String assignments;

    private Assignments(String one, String assignments, Set<String> classes) {
        this.classes = classes;
        this.one = one;
        this.assignments = assignments;
        tree = "_" + one + "s";
        given = "_principal_" + one + "s";
        definitions = one + "-definitions";
    }

    static Assignments roles() {
        return new Assignments(
                "role",
                "role-assignments",
                Set.of(
                        "Products.PluggableAuthService.plugins.ZODBRoleManager.ZODBRoleManager",
                        "Products.PlonePAS.plugins.role.GroupAwareRoleManager"));
    }

    static Assignments groups() {
        return new Assignments(
                "group",
                "group-members",
                Set.of(
                        "Products.PluggableAuthService.plugins.ZODBGroupManager.ZODBGroupManager",
                        "Products.PlonePAS.plugins.group.GroupManager"));
    }

    @Override
    public Set<String> classes() {
        return classes;
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        Element defined = Parts.tree(object, tree);
        Element assigned = Parts.tree(object, given);
        if (defined == null || assigned == null) {
            return Optional.empty();
        }
        List<Element> described = new ArrayList<>();
        for (Element entry : defined.children()) {
            String name = entry.get("name");
            Element made = name == null ? null : Descriptions.shorten(entry.without("name"), name, one, text);
            if (made == null || name == null || entry.attributes().size() > 1) {
                return Optional.empty();
            }
            described.add(made.with("name", name));
        }
        List<Element> rows = new ArrayList<>();
        for (Element entry : assigned.children()) {
            List<Element> row = rows(entry, text);
            if (row == null) {
                return Optional.empty();
            }
            rows.addAll(row);
        }
        return Optional.of(Parts.replaced(
                object,
                Map.of(tree, Element.of(definitions, described), given, Element.of(assignments, rows)),
                Set.of()));
    }

    private @Nullable List<Element> rows(Element entry, Native text) {
        String name = entry.get("name");
        if (name == null || !entry.name().equals("tuple") || entry.attributes().size() > 1) {
            return null;
        }
        Element principal = Element.of("principal").with("name", name);
        if (entry.children().isEmpty()) {
            return List.of(principal);
        }
        List<Element> rows = new ArrayList<>();
        for (Element item : entry.children()) {
            String value = text.text(item);
            if (value == null) {
                return null;
            }
            rows.add(principal.with(one, value));
        }
        return rows;
    }

    @Override
    public Element lengthen(Element object, Native text) {
        Element whole = object;
        Parts.Taken defined = Parts.take(whole, definitions, tree).orElse(null);
        if (defined != null) {
            List<Element> dicts = new ArrayList<>();
            for (Element each : defined.child().children()) {
                Parts.only(each, one, Descriptions.attributes("name"));
                String name = Parts.needed(each, "name");
                dicts.add(Descriptions.lengthen(each, name, text).with("name", name));
            }
            whole = Parts.plus(defined.rest(), Parts.tree(tree, dicts));
        }
        Parts.Taken assigned = Parts.take(whole, assignments, given).orElse(null);
        return assigned == null
                ? whole
                : Parts.plus(
                        assigned.rest(),
                        Parts.tree(given, tuples(assigned.child().children(), text)));
    }

    /** Returns one tuple a principal; its rows stand together. */
    private List<Element> tuples(List<Element> rows, Native text) {
        Rows tuples = new Rows();
        for (Element row : rows) {
            Parts.only(row, "principal", Set.of("name", one));
            Parts.empty(row);
            String value = row.get(one);
            tuples.add(Parts.needed(row, "name"), value == null ? null : text.of(value));
        }
        List<Element> entries = new ArrayList<>();
        tuples.all()
                .forEach((name, items) -> entries.add(Element.of("tuple", items).with("name", name)));
        return entries;
    }
}
