package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.CanonicalOrder;
import gitzodb.zodb.ClassName;
import java.util.List;
import java.util.Optional;

/** {@code <set>} and {@code <frozenset>}: the members in canonical order; {@code class} if the module is unusual. */
record SetNotation(String element) implements Notation {
    @Override
    public List<String> attributes() {
        return List.of("class");
    }

    @Override
    public Optional<Shown> write(Instance value, Dialect dialect) {
        if (!CanonicalOrder.isSet(value)
                || !(value.callable() instanceof Value.Global global)
                || !global.name().equals(element)) {
            return Optional.empty();
        }
        Element shown = Element.of(element);
        boolean usual = global.equals(dialect.builtin(element));
        Element named = usual ? shown : shown.with("class", ClassName.of(global).toString());
        return CanonicalOrder.members(value).map(members -> new Shown(named, members));
    }

    @Override
    public Instance read(Element shown, List<Value> inner, Dialect dialect) throws Malformed {
        String name = shown.get("class");
        Value.Global global = dialect.builtin(element);
        if (name != null) {
            global = new Value.Global(global.module().equals("builtins") ? "__builtin__" : "builtins", element);
            if (!name.equals(ClassName.of(global).toString())) {
                throw new Malformed("class of <" + element + "> is " + ClassName.of(global) + ", if any");
            }
        }
        return Instance.reduce(global, new PyList(inner));
    }
}
