package gitzodb.shorthand;

import gitzodb.shorthand.Registration.Kind;
import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The components of a site: one {@code <utility>}, {@code <adapter>}, {@code <subscription>} or {@code <handler>} for each
 * that is registered. What the registries {@code adapters} and {@code utilities} make of them is shown only if it is
 * something else.
 */
final class Registrations implements Shorthand {
    private static final String REGISTRY = "zope.component.persistentregistry.PersistentAdapterRegistry";
    /** The place of a component among the subscribers that it is not one of. */
    private static final int MUTE = Integer.MAX_VALUE;

    private static final String NODES = "nodes";
    private static final List<String> REGISTRIES = List.of("adapters", "utilities");

    @Override
    public Set<String> classes() {
        return Set.of(
                "five.localsitemanager.registry.PersistentComponents",
                "zope.site.site.LocalSiteManager",
                "zope.app.component.site.LocalSiteManager");
    }

    @Override
    public boolean refersToParts() {
        return true;
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        Element utilities = registry(object, "utilities");
        if (utilities == null || registry(object, "adapters") == null) {
            return Optional.empty();
        }
        Map<Kind, List<Registration>> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            Element stored = Parts.named(object, kind.attribute());
            List<Registration> read = stored == null ? null : stored(kind, stored);
            if (read == null) {
                return Optional.empty();
            }
            all.put(kind, read);
        }
        sort(all, Lookups.leaves(Parts.named(utilities, Lookups.SUBSCRIBERS)));
        Element adapters = Parts.named(utilities, Lookups.ADAPTERS);
        Nodes nodes = adapters != null && adapters.name().equals("list") ? Nodes.PLAIN : Nodes.PERSISTENT;
        Map<String, Element> shown = new HashMap<>();
        Set<String> gone = new HashSet<>();
        all.forEach((kind, rows) -> {
            if (rows.isEmpty() && kind != Kind.UTILITY) {
                gone.add(kind.attribute());
            } else {
                Element list = Element.of(
                        kind.rows(), rows.stream().map(row -> row.row(kind)).toList());
                boolean noted = kind == Kind.UTILITY && nodes == Nodes.PLAIN;
                shown.put(kind.attribute(), noted ? list.with(NODES, "plain") : list);
            }
        });
        for (String name : REGISTRIES) {
            shown.put(name, without(Parts.named(object, name), lookups(name, all, nodes)));
        }
        return Optional.of(Parts.replaced(object, shown, gone));
    }

    /** Returns a registry if it has all that this makes. */
    private static @Nullable Element registry(Element object, String name) {
        Element registry = Parts.named(object, name);
        boolean whole = registry != null
                && registry.name().equals("object")
                && REGISTRY.equals(registry.get("class"))
                && Parts.named(registry, Lookups.ADAPTERS) != null
                && Parts.named(registry, Lookups.SUBSCRIBERS) != null
                && Parts.named(registry, Lookups.PROVIDED) != null;
        return whole ? registry : null;
    }

    /** Returns what is registered; null if one registration is of another shape. */
    private static @Nullable List<Registration> stored(Kind kind, Element stored) {
        List<Optional<Registration>> all = kind.isKeyed()
                ? Nodes.entries(stored)
                        .map(entries -> entries.stream()
                                .map(entry -> Registration.stored(kind, parts(entry.key()), parts(entry.value())))
                                .toList())
                        .orElse(null)
                : Nodes.items(stored)
                        .map(items -> items.stream()
                                .map(item -> Registration.listed(kind, parts(item)))
                                .toList())
                        .orElse(null);
        return all == null || all.stream().anyMatch(Optional::isEmpty)
                ? null
                : all.stream().flatMap(Optional::stream).toList();
    }

    private static List<Element> parts(Element tuple) {
        return tuple.name().equals("tuple") ? tuple.children() : List.of();
    }

    /** Sorts what has no order; utilities that provide the same stand in the order in which they subscribe. */
    private static void sort(Map<Kind, List<Registration>> all, Map<String, List<Element>> leaves) {
        Map<String, Map<Element, Integer>> ranks = new HashMap<>();
        leaves.forEach((provides, leaf) -> {
            Map<Element, Integer> rank = new HashMap<>();
            leaf.forEach(component -> rank.putIfAbsent(Registration.elsewhere(component), rank.size()));
            ranks.put(provides, rank);
        });
        Comparator<Registration> byInterface = Comparator.comparing(Registration::provides, CanonicalOrder.CODE_POINTS);
        Comparator<Registration> byName = Comparator.comparing(Registration::name, CanonicalOrder.CODE_POINTS);
        all.computeIfPresent(
                Kind.UTILITY,
                (kind, rows) -> rows.stream()
                        .map(each -> rank(ranks, each) == MUTE ? each.muted() : each)
                        .sorted(byInterface
                                .thenComparingInt(each -> rank(ranks, each))
                                .thenComparing(byName))
                        .toList());
        all.computeIfPresent(
                Kind.ADAPTER,
                (kind, rows) -> rows.stream()
                        .sorted(byInterface
                                .thenComparing(each -> each.required().toString())
                                .thenComparing(byName))
                        .toList());
    }

    private static int rank(Map<String, Map<Element, Integer>> ranks, Registration utility) {
        return ranks.getOrDefault(utility.provides(), Map.of())
                .getOrDefault(Registration.elsewhere(utility.component()), MUTE);
    }

    private static Map<String, Element> lookups(String registry, Map<Kind, List<Registration>> all, Nodes nodes) {
        List<Registration> none = List.of();
        Lookups made = new Lookups(nodes);
        return registry.equals("utilities")
                ? made.utilities(all.getOrDefault(Kind.UTILITY, none)).attributes()
                : made.adapters(all.getOrDefault(Kind.ADAPTER, none))
                        .subscriptions(all.getOrDefault(Kind.SUBSCRIPTION, none))
                        .subscriptions(all.getOrDefault(Kind.HANDLER, none))
                        .attributes();
    }

    /** Returns a registry without the attributes that say what was made. */
    private static Element without(@Nullable Element registry, Map<String, Element> made) {
        List<Element> kept = new ArrayList<>();
        for (Element child : registry == null ? List.<Element>of() : registry.children()) {
            Element same = made.get(String.valueOf(child.get("name")));
            if (same == null || !Nodes.comparable(child).equals(Nodes.comparable(same))) {
                kept.add(child);
            }
        }
        return Parts.with(java.util.Objects.requireNonNull(registry), kept);
    }

    @Override
    public Element lengthen(Element object, Native text) {
        Element utilities = object.child(Kind.UTILITY.rows()).orElse(null);
        if (utilities == null) {
            return object;
        }
        Nodes nodes = "plain".equals(utilities.get(NODES)) ? Nodes.PLAIN : Nodes.PERSISTENT;
        Map<Kind, List<Registration>> all = new EnumMap<>(Kind.class);
        List<Element> children = new ArrayList<>(object.children());
        for (Kind kind : Kind.values()) {
            all.put(kind, rows(kind, children));
        }
        List<Element> registries = new ArrayList<>();
        for (String name : REGISTRIES) {
            Element registry = Parts.named(object, name);
            if (registry == null || !registry.name().equals("object")) {
                throw new IllegalArgumentException("<" + Kind.UTILITY.rows() + "> without the object " + name);
            }
            children.remove(registry);
            registries.add(complete(registry, lookups(name, all, nodes)));
        }
        // what refers to a component stands behind its registration
        all.forEach((kind, rows) -> children.add(attribute(kind, rows)));
        children.addAll(registries);
        return Parts.with(object, children);
    }

    private static List<Registration> rows(Kind kind, List<Element> children) {
        List<Element> lists = children.stream()
                .filter(child -> child.name().equals(kind.rows()))
                .toList();
        if (lists.size() > 1
                || children.stream().anyMatch(child -> kind.attribute().equals(child.get("name")))) {
            throw new IllegalArgumentException("<" + kind.rows() + "> twice");
        }
        children.removeAll(lists);
        List<Registration> rows = new ArrayList<>();
        Set<List<Element>> keys = new HashSet<>();
        for (Element row :
                lists.isEmpty() ? List.<Element>of() : lists.getFirst().children()) {
            Registration read = Registration.read(kind, row);
            if (kind.isKeyed() && !keys.add(List.of(read.key(kind)))) {
                throw new IllegalArgumentException(
                        "two registrations of " + read.provides() + " with the name '" + read.name() + "'");
            }
            rows.add(read);
        }
        return rows;
    }

    private static Element attribute(Kind kind, List<Registration> rows) {
        if (kind.isKeyed()) {
            List<Nodes.Entry> entries = rows.stream()
                    .map(row -> new Nodes.Entry(row.key(kind), row.value(kind)))
                    .toList();
            return Nodes.PERSISTENT.mapping(entries).with("name", kind.attribute());
        }
        List<Element> items = rows.stream()
                .map(row -> {
                    List<Element> parts = new ArrayList<>(row.key(kind).children());
                    parts.addAll(row.value(kind).children());
                    return Element.of("tuple", parts);
                })
                .toList();
        return Nodes.PERSISTENT.list(items).with("name", kind.attribute());
    }

    private static Element complete(Element registry, Map<String, Element> made) {
        List<Element> children = new ArrayList<>(registry.children());
        made.forEach((name, value) -> {
            if (Parts.named(registry, name) == null) {
                children.add(value.with("name", name));
            }
        });
        children.sort(Comparator.comparing(child -> String.valueOf(child.get("name")), CanonicalOrder.CODE_POINTS));
        return Parts.with(registry, children);
    }

    /** The order of the mappings means nothing, and what is not derived stays anyway. */
    @Override
    public boolean says(Element again, Element object) {
        return comparable(again).equals(comparable(object));
    }

    private static Set<Element> comparable(Element object) {
        Set<Element> all = new HashSet<>();
        for (Element child : object.children()) {
            String name = String.valueOf(child.get("name"));
            if (Kind.ADAPTER.attribute().equals(name)
                    || Kind.UTILITY.attribute().equals(name)) {
                all.add(Nodes.unordered(child).with("name", name));
            } else if (REGISTRIES.contains(name)) {
                all.add(Element.of(
                        name,
                        child.children().stream()
                                .map(Registrations::part)
                                .sorted(Comparator.comparing(part -> String.valueOf(part.get("name"))))
                                .toList()));
            } else {
                all.add(child);
            }
        }
        return all;
    }

    private static Element part(Element part) {
        String name = String.valueOf(part.get("name"));
        return Lookups.NAMES.contains(name) ? Nodes.comparable(part).with("name", name) : part;
    }
}
