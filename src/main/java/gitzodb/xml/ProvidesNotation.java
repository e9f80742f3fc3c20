package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code <provides class="m.C">} with one {@code <interface>m.I</interface>} a line: directly provided interfaces. */
record ProvidesNotation() implements Notation {
    private static final Value.Global PROVIDES = new Value.Global("zope.interface.declarations", "Provides");

    @Override
    public String element() {
        return "provides";
    }

    @Override
    public List<String> attributes() {
        return List.of("class");
    }

    @Override
    public boolean ownChildren() {
        return true;
    }

    @Override
    public Optional<Shown> write(Instance value, Dialect dialect) {
        if (!value.callable().equals(PROVIDES) || !(value.args() instanceof PyTuple args)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (Value argument : args.items()) {
            if (!(argument instanceof Value.Global global) || !Leaves.isPlain(ClassName.of(global))) {
                return Optional.empty();
            }
            names.add(ClassName.of(global).toString());
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<Element> interfaces = names.stream()
                .skip(1)
                .map(name -> Element.text("interface", name))
                .toList();
        return Shown.of(Element.of("provides", interfaces).with("class", names.getFirst()));
    }

    @Override
    public Instance read(Element element, List<Value> inner, Dialect dialect) throws Malformed {
        List<Value> args = new ArrayList<>();
        args.add(global(element.get("class")));
        for (Element child : element.children()) {
            if (!child.name().equals("interface")
                    || !child.attributes().isEmpty()
                    || !child.children().isEmpty()) {
                throw new Malformed("<provides> holds <interface>s");
            }
            args.add(global(child.text()));
        }
        return Instance.reduce(PROVIDES, args.toArray(Value[]::new));
    }

    private static Value.Global global(@Nullable String name) throws Malformed {
        if (name == null || name.indexOf('.') < 0 && name.indexOf(':') < 0) {
            throw new Malformed("not a class name: " + name);
        }
        return ClassName.parse(name).global();
    }
}
