package gitzodb.shorthand;

import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A PluginRegistry: {@code <plugins>}, one {@code <plugin type="…">id</plugin>} for each that is active, in the order in
 * which they are asked; and {@code <plugin-types>}, one {@code <plugin-type>} an interface. A type is the last part of
 * the name of its interface. The list {@code _plugin_types} is shown only if its order is another one.
 */
final class PluginLists implements Shorthand {
    private static final String ACTIVE = "plugins";
    private static final String TYPES = "plugin-types";
    private static final String INFO = "_plugin_type_info";
    private static final String ORDER = "_plugin_types";
    private static final String PLUGINS = "_plugins";
    private static final String MAPPING = "Persistence.mapping.PersistentMapping";

    @Override
    public Set<String> classes() {
        return Set.of("Products.PluginRegistry.PluginRegistry.PluginRegistry");
    }

    @Override
    public Optional<Element> shorten(Element object, Native text) {
        Map<String, Element> info = mapping(Parts.named(object, INFO));
        Element order = Parts.named(object, ORDER);
        if (info == null || order == null || info.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> ids = ids(info.keySet());
        List<Element> types = new ArrayList<>();
        List<String> listed = order.children().stream().map(Element::text).toList();
        List<String> names = text.isPython2() ? listed : List.copyOf(info.keySet());
        for (String dotted : names) {
            Element dict = info.get(dotted);
            Element made = dict == null ? null : Descriptions.shorten(dict, last(dotted), "plugin-type", text);
            if (made == null || ids.get(dotted) == null) {
                return Optional.empty();
            }
            types.add(made.with("name", dotted));
        }
        Element list = Element.of(TYPES, types);
        Set<String> gone = names.equals(listed) ? Set.of(ORDER) : Set.of();
        Element plugins = Parts.named(object, PLUGINS);
        if (plugins == null) {
            return Optional.of(Parts.replaced(object, Map.of(INFO, list), gone));
        }
        Element active = active(mapping(plugins), ids, text);
        return active == null
                ? Optional.empty()
                : Optional.of(Parts.replaced(object, Map.of(INFO, list, PLUGINS, active), gone));
    }

    private static @Nullable Element active(
            @Nullable Map<String, Element> plugins, Map<String, String> ids, Native text) {
        if (plugins == null) {
            return null;
        }
        List<Element> rows = new ArrayList<>();
        for (Map.Entry<String, Element> type : plugins.entrySet()) {
            String id = ids.getOrDefault(type.getKey(), type.getKey());
            if (type.getValue().children().isEmpty()) {
                rows.add(Element.of("plugin").with("type", id));
            }
            for (Element item : type.getValue().children()) {
                String plugin = text.text(item);
                if (plugin == null || plugin.isEmpty()) {
                    return null;
                }
                rows.add(Element.text("plugin", plugin).with("type", id));
            }
        }
        return Element.of(ACTIVE, rows);
    }

    /** Returns what a folded mapping holds by interface; null if it is anything else. */
    private static @Nullable Map<String, Element> mapping(@Nullable Element object) {
        if (object == null || object.children().size() != 1) {
            return null;
        }
        Map<String, Element> entries = new LinkedHashMap<>();
        for (Element entry : object.children().getFirst().children()) {
            boolean fits = entry.name().equals("entry")
                    && entry.children().size() == 2
                    && entry.children().getFirst().name().equals("global");
            if (!fits
                    || entries.put(
                                    entry.children().getFirst().text(),
                                    entry.children().get(1))
                            != null) {
                return null;
            }
        }
        return entries;
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    /** Returns the short name of each interface that no other has. */
    private static Map<String, String> ids(Set<String> interfaces) {
        Map<String, String> ids = new LinkedHashMap<>();
        Set<String> twice = new LinkedHashSet<>();
        for (String each : interfaces) {
            if (ids.containsValue(last(each))) {
                twice.add(last(each));
            }
            ids.put(each, last(each));
        }
        ids.values().removeAll(twice);
        return ids;
    }

    @Override
    public Element lengthen(Element object, Native text) {
        Parts.Taken types = Parts.take(object, TYPES, INFO).orElse(null);
        Element whole = types == null ? object : types.rest();
        Map<String, String> interfaces = new LinkedHashMap<>();
        if (types != null) {
            List<Element> info = new ArrayList<>();
            List<Element> order = new ArrayList<>();
            for (Element type : types.child().children()) {
                Parts.only(type, "plugin-type", Descriptions.attributes("name"));
                String dotted = Parts.needed(type, "name");
                if (interfaces.put(last(dotted), dotted) != null) {
                    throw new IllegalArgumentException("two types of plugin " + last(dotted));
                }
                Element global = Element.text("global", dotted);
                order.add(global);
                info.add(Element.of("entry", global, Descriptions.lengthen(type, last(dotted), text)));
            }
            if (text.isPython2()) {
                info.sort(Comparator.comparing(
                        entry -> entry.children().getFirst().text(), CanonicalOrder.CODE_POINTS));
            }
            whole = Parts.plus(whole, mapping(INFO, info));
            if (Parts.named(whole, ORDER) == null) {
                whole = Parts.plus(whole, Element.of("list", order).with("name", ORDER));
            }
        }
        Parts.Taken active = Parts.take(whole, ACTIVE, PLUGINS).orElse(null);
        return active == null ? whole : Parts.plus(active.rest(), mapping(PLUGINS, rows(active, interfaces, text)));
    }

    private static List<Element> rows(Parts.Taken active, Map<String, String> interfaces, Native text) {
        Rows rows = new Rows();
        for (Element plugin : active.child().children()) {
            Parts.only(plugin, "plugin", Set.of("type"));
            String type = Parts.needed(plugin, "type");
            String dotted = type.contains(".") ? type : interfaces.get(type);
            if (dotted == null || !plugin.children().isEmpty()) {
                throw new IllegalArgumentException("no <plugin-type> of the interface " + type);
            }
            rows.add(dotted, plugin.text().isEmpty() ? null : text.of(plugin.text()));
        }
        List<Element> entries = new ArrayList<>();
        rows.all()
                .forEach((type, items) ->
                        entries.add(Element.of("entry", Element.text("global", type), Element.of("tuple", items))));
        return entries;
    }

    private static Element mapping(String name, List<Element> entries) {
        return Element.of("object", Element.of("dict", entries).with("name", "data"))
                .with("class", MAPPING)
                .with("name", Objects.requireNonNull(name));
    }
}
