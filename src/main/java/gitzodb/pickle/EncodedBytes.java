package gitzodb.pickle;

import gitzodb.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as Python 3 pickles them below protocol 3, which has no opcode for them: a call of {@code _codecs.encode} on the
 * text with these bytes as Latin-1.
 */
final class EncodedBytes {
    private static final Value ENCODE = new Value.Global("_codecs", "encode");

    private EncodedBytes() {}

    /** Returns a persistent id with all such calls done that are in it, in its items, or in tuples among these. */
    static Value inId(Value id) {
        return done(id, 2);
    }

    private static Value done(Value value, int depth) {
        return switch (value) {
            case Instance call -> {
                Bytes bytes = bytes(call);
                yield bytes == null ? call : new Value.Binary(bytes);
            }
            case PyTuple tuple
            when depth > 0 -> {
                List<Value> items = all(tuple.items(), depth - 1);
                yield items.equals(tuple.items()) ? tuple : new PyTuple(items);
            }
            case PyList list
            when depth > 0 -> {
                List<Value> items = all(list.items(), depth - 1);
                yield items.equals(list.items()) ? list : new PyList(items);
            }
            default -> value;
        };
    }

    private static List<Value> all(List<Value> items, int depth) {
        List<Value> all = new ArrayList<>(items.size());
        items.forEach(item -> all.add(done(item, depth)));
        return all;
    }

    private static @Nullable Bytes bytes(Instance call) {
        boolean plain = call.how() == Instance.How.REDUCE
                && call.callable().equals(ENCODE)
                && call.kwargs() == null
                && call.state() == null
                && call.items().isEmpty()
                && call.entries().isEmpty();
        if (!plain
                || !(call.args() instanceof PyTuple args)
                || args.items().size() != 2
                || !(args.items().getFirst() instanceof Value.Text(String text))
                || !args.items().getLast().equals(new Value.Text("latin1"))
                || text.chars().anyMatch(c -> c > 0xFF)) {
            return null;
        }
        return Bytes.wrap(text.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    }
}
