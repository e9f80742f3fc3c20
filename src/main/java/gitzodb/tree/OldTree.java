package gitzodb.tree;

import gitzodb.graph.Edge;
import gitzodb.graph.HomeGraph;
import gitzodb.graph.Node;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Oid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a database holds, by path, as a dump of it would show it. */
final class OldTree {
    /**
     * An object.
     *
     * @param own true if it has a file
     * @param unit the path of the object in whose files it is; of an ignored one, that from whose files it is left out
     * @param holder the {@code unit} of what holds it; empty for the root
     */
    record Old(Oid oid, ClassName cls, boolean own, boolean ignored, Node node, String unit, String holder) {}

    private final Map<String, Old> byPath = new HashMap<>();
    private final Set<ClassName> classes = new HashSet<>();
    private final List<String> catalogs = new ArrayList<>();

    private OldTree() {}

    static OldTree of(HomeGraph graph, TreeStates states) {
        OldTree tree = new OldTree();
        Placement placement = new Placement(graph, states.formats(), states.settings());
        record Open(Place place, boolean ignored, String holder) {}
        Deque<Open> open = new ArrayDeque<>();
        placement.of(Oid.ROOT).ifPresent(root -> open.push(new Open(root, false, "")));
        while (!open.isEmpty()) {
            Open next = open.pop();
            Place place = next.place;
            Node node = graph.node(place.oid()).orElseThrow();
            boolean ignored =
                    next.ignored || (place.isOwn() && states.ignored().ignoresObject(place.path(), node.className()));
            String unit = place.isOwn() && !ignored ? place.path().toString() : next.holder;
            tree.classes.add(node.className());
            if (!placement.isTreeNode(place.oid())) {
                String path = place.path().toString();
                tree.byPath.put(
                        path, new Old(place.oid(), node.className(), place.isOwn(), ignored, node, unit, next.holder));
                if (StaleNotes.isCatalog(node.className())) {
                    tree.catalogs.add(path);
                }
            }
            for (Edge edge : graph.homeChildren(place.oid())) {
                open.push(new Open(placement.below(place, edge), ignored, unit));
            }
        }
        return tree;
    }

    @Nullable
    Old find(String path) {
        return byPath.get(path);
    }

    Map<String, Old> byPath() {
        return Collections.unmodifiableMap(byPath);
    }

    boolean hasClass(ClassName name) {
        return classes.contains(name);
    }

    List<String> catalogs() {
        return Collections.unmodifiableList(catalogs);
    }
}
