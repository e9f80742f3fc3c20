package gitzodb.dump;

import gitzodb.btree.Entry;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.xml.ValueXml;
import gitzodb.xml.WriteHooks;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes entries of BTrees. Each is written as if it were the only attribute of an object, since what entries share
 * depends on the boundaries of nodes, which are no content.
 */
final class EntryXml {
    private static final ClassMeta NOTHING = ClassMeta.of(new ClassName("gitzodb", "entry"));

    private final UnitWriter unit;

    EntryXml(UnitWriter unit) {
        this.unit = unit;
    }

    /** Returns an empty element that says the class of a node. */
    static Element named(String name, ClassMeta meta) {
        Element named = Element.of(name).with("class", meta.name().toString());
        return meta.spelling() == ClassMeta.Spelling.GLOBAL
                ? named
                : named.with(
                        "spelling",
                        meta.spelling().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    Element element(Oid node, Entry entry, ValueXml file) throws IOException {
        Value key = entry.key();
        Value value = entry.value();
        String text = unit.order().nativeText(key);
        String keyText = text == null && key instanceof Value.Text(String unicode) ? unicode : text;
        Step step = keyText != null ? new Step.Key(keyText) : new Step.OtherKey(CanonicalOrder.shortForm(key));
        PyDict single = new PyDict();
        if (value == null) {
            single.put(unit.order().nativeValue("key"), key);
        } else {
            single.put(key, value);
        }
        List<Step> above = value == null ? List.of(step, new Step.Attribute(Step.INSIDE_KEY)) : List.of(step);
        WriteHooks hooks = (id, label) -> {
            List<Step> steps = new ArrayList<>(above);
            steps.addAll(label.steps().subList(1, label.steps().size()));
            Element element = unit.reference(node, id, new Label(steps), file, false);
            if (element == null) {
                throw new IllegalStateException("no element for " + label);
            }
            return element;
        };
        Element shown =
                file.object(new ObjectState(NOTHING, single), hooks).children().getFirst();
        return value == null ? shown.without("name") : shown;
    }
}
