package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code <message domain="plone">Title</message>}: a text that Zope translates, with a {@code default} if there is one; of
 * four arguments with {@code args="4"}, as zope.i18nmessageid before version 5 stores it, else of seven.
 */
record MessageNotation() implements Notation {
    private static final Value.Global MESSAGE = new Value.Global("zope.i18nmessageid.message", "Message");
    private static final String OLD = "4";
    private static final int MAX_ATTRIBUTE = 4096;

    @Override
    public String element() {
        return "message";
    }

    @Override
    public int since() {
        return 2;
    }

    @Override
    public List<String> attributes() {
        return List.of("args", "default", "domain");
    }

    @Override
    public boolean holdsText() {
        return true;
    }

    @Override
    public Optional<Shown> write(Instance value, Dialect dialect) {
        if (!value.callable().equals(MESSAGE) || !(value.args() instanceof PyTuple args)) {
            return Optional.empty();
        }
        List<Value> items = args.items();
        String text = items.isEmpty() ? null : unicode(items.getFirst());
        if (text == null || items.size() != 4 && items.size() != 7) {
            return Optional.empty();
        }
        Element element = Element.text("message", text);
        String domain = dialect.text(items.get(1));
        String standard = unicode(items.get(2));
        element = domain == null ? element : element.with("domain", domain);
        element = standard == null ? element : element.with("default", standard);
        return isShort(domain) && isShort(standard)
                ? Shown.of(items.size() == 4 ? element.with("args", OLD) : element)
                : Optional.empty();
    }

    private static boolean isShort(@Nullable String text) {
        return text == null || text.length() <= MAX_ATTRIBUTE;
    }

    private static @Nullable String unicode(Value value) {
        return value instanceof Value.Text(String text) && Characters.arePlain(text) ? text : null;
    }

    @Override
    public Instance read(Element element, List<Value> inner, Dialect dialect) throws Malformed {
        String domain = element.get("domain");
        String standard = element.get("default");
        String count = element.get("args");
        if (count != null && !count.equals(OLD)) {
            throw new Malformed("a message has four arguments, or seven");
        }
        List<Value> args = new ArrayList<>();
        args.add(new Value.Text(element.text()));
        args.add(domain == null ? Value.NONE : dialect.text(domain));
        args.add(standard == null ? Value.NONE : new Value.Text(standard));
        while (args.size() < (count == null ? 7 : 4)) {
            args.add(Value.NONE);
        }
        return Instance.reduce(MESSAGE, args.toArray(Value[]::new));
    }
}
