package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code <bytearray>}, with text and {@code enc} as {@code <bytes>} has them. */
record ByteArrayNotation() implements Notation {
    @Override
    public String element() {
        return "bytearray";
    }

    @Override
    public List<String> attributes() {
        return List.of("enc");
    }

    @Override
    public boolean holdsText() {
        return true;
    }

    @Override
    public Optional<Shown> write(Instance value, Dialect dialect) {
        if (!value.callable().equals(dialect.builtin("bytearray"))
                || !(value.args() instanceof PyTuple args)
                || args.items().isEmpty()) {
            return Optional.empty();
        }
        return switch (args.items().getFirst()) {
            case Value.Binary(Bytes bytes) -> Shown.of(Leaves.bytes("bytearray", bytes, false));
            case Value.Text(String text) ->
                Shown.of(Leaves.bytes("bytearray", Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), false));
            default -> Optional.empty();
        };
    }

    @Override
    public Instance read(Element element, List<Value> inner, Dialect dialect) throws Malformed {
        Bytes bytes = Leaves.readBytes(element);
        return dialect.generation() == Generation.PYTHON3
                ? Instance.reduce(dialect.builtin("bytearray"), new Value.Binary(bytes))
                : Instance.reduce(
                        dialect.builtin("bytearray"), new Value.Text(bytes.latin1()), dialect.text("latin-1"));
    }
}
