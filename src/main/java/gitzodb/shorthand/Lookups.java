package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code zope.interface.adapter.BaseAdapterRegistry} makes of registrations, and looks components up in: for each
 * number of required interfaces one mapping, by each of these, by what is provided, and by name; and how often an
 * interface is provided.
 */
final class Lookups {
    static final String ADAPTERS = "_adapters";
    static final String SUBSCRIBERS = "_subscribers";
    static final String PROVIDED = "_provided";
    static final Set<String> NAMES = Set.of(ADAPTERS, SUBSCRIBERS, PROVIDED);

    private final Nodes nodes;
    private final List<Branch> adapters = new ArrayList<>();
    private final List<Branch> subscribers = new ArrayList<>();
    private final Map<Element, Integer> provided = new LinkedHashMap<>();

    Lookups(Nodes nodes) {
        this.nodes = nodes;
    }

    /** A mapping by key of mappings, or of the leaves: one component, or all that subscribe. */
    private record Branch(Map<Element, Branch> below, List<Element> leaf, Set<Element> known) {
        Branch() {
            this(new LinkedHashMap<>(), new ArrayList<>(), new HashSet<>());
        }
    }

    /** Adds utilities: one that is registered under two names subscribes once. */
    Lookups utilities(List<Registration> registrations) {
        for (Registration each : registrations) {
            register(each);
            if (each.mute()) {
                continue;
            }
            Branch branch = branch(subscribers, each, "");
            if (branch.known.add(Registration.elsewhere(each.component()))) {
                branch.leaf.add(each.component());
                count(each);
            }
        }
        return this;
    }

    Lookups adapters(List<Registration> registrations) {
        registrations.forEach(this::register);
        return this;
    }

    /** Adds subscription adapters or handlers; what handlers provide is None and not counted. */
    Lookups subscriptions(List<Registration> registrations) {
        for (Registration each : registrations) {
            branch(subscribers, each, "").leaf.add(each.component());
            if (!each.provides().isEmpty()) {
                count(each);
            }
        }
        return this;
    }

    private void register(Registration each) {
        List<Element> leaf = branch(adapters, each, each.name()).leaf;
        leaf.clear();
        leaf.add(each.component());
        count(each);
    }

    private void count(Registration each) {
        provided.merge(Element.text("global", each.provides()), 1, Integer::sum);
    }

    private static Branch branch(List<Branch> byOrder, Registration each, String name) {
        while (byOrder.size() <= each.required().size()) {
            byOrder.add(new Branch());
        }
        Branch branch = byOrder.get(each.required().size());
        for (Element required : each.required()) {
            branch = branch.below.computeIfAbsent(required, key -> new Branch());
        }
        Element provides = each.provides().isEmpty() ? Element.of("none") : Element.text("global", each.provides());
        return branch.below
                .computeIfAbsent(provides, key -> new Branch())
                .below
                .computeIfAbsent(Element.text("text", name), key -> new Branch());
    }

    /** Returns the three attributes, by name. */
    Map<String, Element> attributes() {
        List<Nodes.Entry> counts = new ArrayList<>();
        provided.forEach((key, count) -> counts.add(new Nodes.Entry(key, Element.text("int", String.valueOf(count)))));
        return Map.of(
                ADAPTERS,
                        nodes.list(adapters.stream()
                                .map(branch -> node(branch, false))
                                .toList()),
                SUBSCRIBERS,
                        nodes.list(subscribers.stream()
                                .map(branch -> node(branch, true))
                                .toList()),
                PROVIDED, nodes.mapping(counts));
    }

    private Element node(Branch branch, boolean subscribe) {
        List<Nodes.Entry> entries = new ArrayList<>();
        branch.below.forEach((key, below) -> entries.add(new Nodes.Entry(key, value(below, subscribe))));
        return nodes.mapping(entries);
    }

    private Element value(Branch below, boolean subscribe) {
        if (!below.below.isEmpty()) {
            return node(below, subscribe);
        }
        return subscribe ? nodes.leaf(below.leaf) : below.leaf.getFirst();
    }

    /** Returns the subscribers of utilities, by what they provide, as a registry holds them; empty if they are odd. */
    static Map<String, List<Element>> leaves(@Nullable Element subscribers) {
        List<Element> byOrder =
                subscribers == null ? List.of() : Nodes.items(subscribers).orElse(List.of());
        Map<String, List<Element>> leaves = new HashMap<>();
        for (Nodes.Entry provided : byOrder.isEmpty()
                ? List.<Nodes.Entry>of()
                : Nodes.entries(byOrder.getFirst()).orElse(List.of())) {
            for (Nodes.Entry leaf : Nodes.entries(provided.value()).orElse(List.of())) {
                leaves.put(provided.key().text(), Nodes.items(leaf.value()).orElse(List.of()));
            }
        }
        return leaves;
    }
}
