package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.KeySteps;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the instances of one record: in the natural notation of their class, or as {@code <instance>}. */
final class InstanceReader {
    private final ValueXml xml;
    private final Dialect dialect;
    private final ReadMarks marks;
    private final RecordReader record;

    InstanceReader(ValueXml xml, ReadMarks marks, RecordReader record) {
        this.xml = xml;
        this.marks = marks;
        this.record = record;
        dialect = xml.dialect();
    }

    Instance notated(Element element, Notation notation, @Nullable Place place) throws IOException {
        marks.markLater(element);
        List<Value> inner = new ArrayList<>();
        if (!notation.ownChildren()) {
            for (Element child : element.children()) {
                inner.add(
                        record.unnamed(child, new Place(place, notation.step(inner.size())), RecordReader.Role.VALUE));
            }
        }
        try {
            return notation.read(element, inner, dialect);
        } catch (Malformed e) {
            throw xml.refused(element, String.valueOf(e.getMessage()));
        }
    }

    Instance instance(Element element, @Nullable Place place) throws IOException {
        marks.markLater(element);
        Deque<Element> children = new ArrayDeque<>(element.children());
        Value cls = record.className(element, place, children);
        Value args = arguments(RecordReader.take(children, "args"), place);
        Element kwargsElement = RecordReader.take(children, "kwargs");
        Value kwargs = kwargsElement == null
                ? null
                : record.single(kwargsElement, Place.of(place, "__kwargs__"), RecordReader.Role.VALUE);
        Instance instance = instance(element, cls, args, kwargs);
        marks.made(element, instance);
        fill(instance, args, children, place);
        return instance;
    }

    /** Reads what a call makes. */
    Instance call(Element element, @Nullable Place place) throws IOException {
        marks.markLater(element);
        record.blank(element);
        Value callable = record.className(element, place, new ArrayDeque<>());
        List<Value> args = new ArrayList<>(element.children().size());
        for (Element child : element.children()) {
            args.add(record.unnamed(child, Place.of(place, args.size()), RecordReader.Role.VALUE));
        }
        return new Instance(Instance.How.REDUCE, callable, new PyTuple(args), null);
    }

    private Instance instance(Element element, Value cls, Value args, @Nullable Value kwargs)
            throws XmlFormatException {
        String by = element.get("by");
        boolean extended = "newobj-ex".equals(by);
        if (extended != (kwargs != null)) {
            throw xml.refused(element, "<kwargs> and by=\"newobj-ex\" go together");
        }
        return switch (by == null ? "" : by) {
            case "" -> new Instance(Instance.How.NEWOBJ, cls, args, null);
            case "reduce" -> new Instance(Instance.How.REDUCE, cls, args, null);
            case "old" -> new Instance(Instance.How.OBJ, cls, args, null);
            case "newobj-ex" -> new Instance(Instance.How.NEWOBJ_EX, cls, args, kwargs);
            case "reconstructor" -> {
                if (!(args instanceof PyTuple tuple) || !tuple.items().isEmpty()) {
                    throw xml.refused(element, "by=\"reconstructor\" has no args");
                }
                yield Instance.reduce(dialect.reconstructor(), cls, dialect.builtin("object"), Value.NONE);
            }
            default -> throw xml.refused(element, "unknown way to make an instance: " + by);
        };
    }

    private Value arguments(@Nullable Element element, @Nullable Place place) throws IOException {
        if (element == null) {
            return PyTuple.EMPTY;
        }
        record.only(element, Set.of("kind"));
        record.blank(element);
        String kind = element.get("kind");
        if (kind == null) {
            List<Value> items = new ArrayList<>(element.children().size());
            for (Element child : element.children()) {
                items.add(record.unnamed(child, Place.of(place, items.size()), RecordReader.Role.VALUE));
            }
            return new PyTuple(items);
        }
        if (!kind.equals("value")) {
            throw xml.refused(element, "kind of <args> is \"value\"");
        }
        return record.single(element, Place.of(place, "__args__"), RecordReader.Role.VALUE);
    }

    private void fill(Instance instance, Value args, Deque<Element> children, @Nullable Place place)
            throws IOException {
        int position = args instanceof PyTuple tuple ? tuple.items().size() : 0;
        Element items = RecordReader.take(children, "items");
        if (items != null) {
            record.only(items, Set.of());
            record.blank(items);
            for (Element child : items.children()) {
                instance.items().add(record.unnamed(child, Place.of(place, position++), RecordReader.Role.VALUE));
            }
        }
        Element entries = RecordReader.take(children, "entries");
        if (entries != null) {
            record.only(entries, Set.of());
            record.blank(entries);
            KeySteps steps = new KeySteps(dialect.order(), false);
            for (Element child : entries.children()) {
                instance.entries().add(record.entry(child, steps, place, false));
            }
        }
        instance.state(record.state(children, place, false));
    }
}
