package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.zodb.CanonicalOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The child list of a folder, {@code _objects} (zope-classes §3), and the attributes it lists, as {@code <children>}: one
 * {@code <child name="…" meta_type="…"/>} an entry, in the order of the list. A child without a file of its own, or
 * without an attribute at all, is {@code listed="only"}; its attribute is shown as any other.
 */
public final class ChildrenNotation {
    public static final String ELEMENT = "children";
    public static final String ATTRIBUTE = "_objects";

    private ChildrenNotation() {}

    /**
     * One entry of the list.
     *
     * @param metaType null for None
     */
    public record Listed(String id, @Nullable String metaType) {
        public Element element(Element child, boolean held) {
            Element named = child.with("name", id);
            Element typed = metaType == null ? named : named.with("meta_type", metaType);
            return held ? typed : typed.with("listed", "only");
        }

        /** Returns what an element says; empty if it is none of this notation. */
        public static Optional<Listed> of(Element child) {
            String id = child.get("name");
            boolean held = child.get("listed") == null;
            boolean fits = child.name().equals("child") && (held || "only".equals(child.get("listed")));
            return id == null || !fits ? Optional.empty() : Optional.of(new Listed(id, child.get("meta_type")));
        }
    }

    /** Returns the entries if the notation says all there is: a tuple of dicts of id and meta_type, no id twice. */
    public static Optional<List<Listed>> write(@Nullable Value objects, CanonicalOrder order) {
        if (!(objects instanceof PyTuple tuple)) {
            return Optional.empty();
        }
        List<Listed> entries = new ArrayList<>(tuple.items().size());
        Set<String> ids = new HashSet<>();
        Set<Value> seen = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
        for (Value item : tuple.items()) {
            if (!(item instanceof PyDict dict) || dict.size() != 2 || !seen.add(item)) {
                return Optional.empty();
            }
            PyDict.Entry first = dict.entries().getFirst();
            PyDict.Entry second = dict.entries().getLast();
            boolean swapped =
                    order.generation() == Generation.PYTHON2 && "meta_type".equals(order.nativeText(first.key()));
            PyDict.Entry idEntry = swapped ? second : first;
            PyDict.Entry typeEntry = swapped ? first : second;
            String id = order.nativeText(idEntry.value());
            String type = order.nativeText(typeEntry.value());
            boolean named = "id".equals(order.nativeText(idEntry.key()))
                    && "meta_type".equals(order.nativeText(typeEntry.key()));
            boolean typed = type != null ? isPlain(type) : typeEntry.value() instanceof Value.None;
            if (!named || id == null || !isPlain(id) || !typed || !ids.add(id)) {
                return Optional.empty();
            }
            entries.add(new Listed(id, type));
        }
        return Optional.of(entries);
    }

    /** Returns the value of {@code _objects}: the inverse of {@link #write}. */
    public static PyTuple read(List<Listed> entries, Generation generation) {
        List<Value> items = new ArrayList<>(entries.size());
        for (Listed entry : entries) {
            PyDict dict = new PyDict();
            dict.put(text("id", generation), text(entry.id, generation));
            dict.put(
                    text("meta_type", generation),
                    entry.metaType == null ? Value.NONE : text(entry.metaType, generation));
            items.add(dict);
        }
        return new PyTuple(items);
    }

    /** True for text that an XML attribute can hold. */
    private static boolean isPlain(String text) {
        return text.length() < 10_000
                && text.codePoints()
                        .allMatch(
                                c -> c >= ' ' && (c < 0x7F || c >= 0xA0) && (c < 0xD800 || c >= 0xE000) && c < 0xFFFE);
    }

    private static Value text(String text, Generation generation) {
        return switch (generation) {
            case PYTHON2 -> new Value.Str(Bytes.utf8(text));
            case PYTHON3 -> new Value.Text(text);
        };
    }
}
