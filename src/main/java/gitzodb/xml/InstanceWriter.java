package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the instances of one record: in the natural notation of their class if it says all, else as {@code <instance>}. */
@SuppressWarnings("ReferenceEquality") // nodes are what they are by identity
final class InstanceWriter {
    private static final int CALLS_SINCE = 2;

    private final Dialect dialect;
    private final Sharing sharing;
    private final RecordWriter record;

    InstanceWriter(Dialect dialect, Sharing sharing, RecordWriter record) {
        this.dialect = dialect;
        this.sharing = sharing;
        this.record = record;
    }

    Element instance(Instance instance, @Nullable Place place) throws IOException {
        Optional<Notation> notation = Notations.of(instance).filter(each -> record.has(each.since()));
        Optional<Element> notated = notation.isPresent() ? notated(notation.get(), instance, place) : Optional.empty();
        if (notated.isPresent()) {
            return notated.get();
        }
        if (record.has(CALLS_SINCE) && isCall(instance) && instance.args() instanceof PyTuple args) {
            ClassName called = ClassName.of((Value.Global) instance.callable());
            return Element.of("call", record.values(args.items(), place, 0)).with("class", called.toString());
        }
        List<Element> children = new ArrayList<>();
        Value cls = reconstructed(instance);
        String by = cls != null ? "reconstructor" : by(instance.how());
        String name = record.className(cls != null ? cls : instance.callable(), place, children);
        if (cls == null) {
            arguments(instance.args(), place, children);
        }
        Value kwargs = instance.kwargs();
        if (kwargs != null) {
            children.add(
                    Element.of("kwargs", record.value(kwargs, Place.of(place, "__kwargs__"), RecordWriter.Role.VALUE)));
        }
        int arguments = instance.args() instanceof PyTuple tuple ? tuple.items().size() : 0;
        if (!instance.items().isEmpty()) {
            children.add(Element.of("items", record.values(instance.items(), place, arguments)));
        }
        if (!instance.entries().isEmpty()) {
            children.add(Element.of("entries", record.entries(instance.entries(), place)));
        }
        Value state = instance.state();
        if (state != null) {
            record.state(state, place, false, children);
        }
        Element element = Element.of("instance", children);
        element = name == null ? element : element.with("class", name);
        return by.isEmpty() ? element : element.with("by", by);
    }

    /** True for what a call with plain arguments makes, and nothing else: members of an enumeration, time zones, paths. */
    private boolean isCall(Instance instance) {
        return instance.how() == Instance.How.REDUCE
                && instance.callable() instanceof Value.Global callable
                && Leaves.isPlain(ClassName.of(callable))
                && instance.kwargs() == null
                && instance.items().isEmpty()
                && instance.entries().isEmpty()
                && instance.state() == null
                && reconstructed(instance) == null;
    }

    private static String by(Instance.How how) {
        return switch (how) {
            case NEWOBJ -> "";
            case REDUCE -> "reduce";
            case NEWOBJ_EX -> "newobj-ex";
            case OBJ -> "old";
        };
    }

    /** Returns the class if the instance is {@code _reconstructor(cls, object, None)}. */
    private @Nullable Value reconstructed(Instance instance) {
        boolean reconstructed = instance.how() == Instance.How.REDUCE
                && instance.callable().equals(dialect.reconstructor())
                && instance.args() instanceof PyTuple args
                && args.items().size() == 3
                && args.items().getFirst() instanceof Value.Global
                && args.items().get(1).equals(dialect.builtin("object"))
                && args.items().get(2).equals(Value.NONE);
        return reconstructed ? ((PyTuple) instance.args()).items().getFirst() : null;
    }

    private void arguments(Value args, @Nullable Place place, List<Element> children) throws IOException {
        if (!(args instanceof PyTuple tuple)) {
            Element odd = record.value(args, Place.of(place, "__args__"), RecordWriter.Role.VALUE);
            children.add(Element.of("args", odd).with("kind", "value"));
        } else if (!tuple.items().isEmpty()) {
            children.add(Element.of("args", record.values(tuple.items(), place, 0)));
        }
    }

    private Optional<Element> notated(Notation notation, Instance instance, @Nullable Place place) throws IOException {
        Optional<Notation.Shown> shown = notation.write(instance, dialect);
        if (shown.isEmpty() || !reads(notation, shown.get(), instance)) {
            return Optional.empty();
        }
        Element element = shown.get().element();
        if (shown.get().inner().isEmpty()) {
            return Optional.of(element);
        }
        List<Element> inner = new ArrayList<>();
        for (Value value : shown.get().inner()) {
            inner.add(record.value(value, new Place(place, notation.step(inner.size())), RecordWriter.Role.VALUE));
        }
        return Optional.of(new Element(element.name(), element.attributes(), inner, "", 0, 0));
    }

    /** True if the notation stands for this very instance: nothing in it is shared, and it reads back to the same. */
    private boolean reads(Notation notation, Notation.Shown shown, Instance instance) {
        if (notation instanceof SetNotation) {
            return true;
        }
        try {
            Instance read = notation.read(shown.element(), shown.inner(), dialect);
            return dialect.isSame(read, instance) && !sharesParts(instance, shown.inner());
        } catch (Malformed e) {
            return false;
        }
    }

    private boolean sharesParts(Value value, List<Value> inner) {
        for (Value part : RecordWriter.parts(value)) {
            if (inner.stream().noneMatch(other -> other == part)
                    && (sharing.isShared(part) || sharesParts(part, inner))) {
                return true;
            }
        }
        return false;
    }
}
