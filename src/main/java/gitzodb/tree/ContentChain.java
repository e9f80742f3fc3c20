package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.graph.Home;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.PersistentRef;
import gitzodb.zodb.StateSource;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pieces that Zope cuts the content of a File or Image into (zope-classes §2.3), where they are at home one behind the
 * other and hold nothing but content: what can be one natural file.
 *
 * @param kind {@code bytes} or {@code str}, of every piece
 * @param lengths in bytes, first to last
 */
public record ContentChain(String kind, List<Integer> lengths) {
    public ContentChain {
        lengths = List.copyOf(lengths);
    }

    private record Piece(String kind, Bytes bytes) {}

    /**
     * Reads the chain that an attribute refers to and writes its content, piece by piece; empty if it is something else,
     * perhaps after some pieces.
     */
    public static Optional<ContentChain> read(
            HomeGraph graph, StateSource states, Oid holder, String attribute, Value.PersistentId id, OutputStream out)
            throws IOException {
        List<Integer> lengths = new ArrayList<>();
        Set<Oid> seen = new HashSet<>();
        Oid from = holder;
        Label label = Label.of(new Step.Attribute(attribute));
        String kind = "";
        for (Value next = id; next instanceof Value.PersistentId reference; ) {
            if (!(PersistentRef.parse(reference.id()) instanceof PersistentRef.Classed(Oid oid, Value cls))
                    || !seen.add(oid)
                    || !isHome(graph, oid, from, seen.size() == 1 ? label : null)) {
                return Optional.empty();
            }
            ObjectState state = states.load(oid).orElse(null);
            if (state == null || !state.meta().cls().equals(cls)) {
                return Optional.empty();
            }
            Piece piece = piece(state, seen.size());
            if (piece == null || (!kind.isEmpty() && !kind.equals(piece.kind))) {
                return Optional.empty();
            }
            kind = piece.kind;
            piece.bytes.writeTo(out);
            lengths.add(piece.bytes.length());
            from = oid;
            Value following = state.attribute("next");
            next = following == null ? Value.NONE : following;
        }
        return Optional.of(new ContentChain(kind, lengths));
    }

    /** Returns what a piece holds; null if it is no piece, or the last one and does not end as Zope's do. */
    private static @Nullable Piece piece(ObjectState state, int number) {
        PyDict attributes = state.attributes();
        if (attributes == null || state.meta().args() != null) {
            return null;
        }
        boolean last = !(attributes.get("next") instanceof Value.PersistentId);
        if (attributes.size() != (attributes.has("next") ? 2 : 1) || (last && !endsAsZopeDoes(attributes, number))) {
            return null;
        }
        return switch (attributes.get("data")) {
            case Value.Binary(Bytes bytes) -> new Piece("bytes", bytes);
            case Value.Str(Bytes bytes) -> new Piece("str", bytes);
            case null, default -> null;
        };
    }

    /** The last piece of a chain says {@code next: None}, a single one says nothing. */
    private static boolean endsAsZopeDoes(PyDict attributes, int pieces) {
        return pieces == 1 ? !attributes.has("next") : Value.NONE.equals(attributes.get("next"));
    }

    private static boolean isHome(HomeGraph graph, Oid target, Oid from, @Nullable Label label) {
        Home home = graph.home(target).orElse(null);
        return home != null
                && isPiece(graph, target)
                && from.equals(home.parent())
                && Objects.equals(label, home.label());
    }

    static boolean isPiece(HomeGraph graph, Oid oid) {
        return graph.shape(oid).equals(Optional.of(Node.Shape.PDATA));
    }
}
