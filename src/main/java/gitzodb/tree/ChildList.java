package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Attributes;
import gitzodb.graph.HomeGraph;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.xml.XmlReader;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Objects named {@code fssync-dump-ignore}, as gocept.fssyncz2 has them: text with the name of a child a line, of the
 * folder that it is in. These are left out of the tree; the list itself is in it.
 */
public final class ChildList {
    /** The id of such an object. */
    public static final String ID = "fssync-dump-ignore";

    /** Where documents of different classes have their text; the first that is text counts. */
    private static final List<String> TEXTS = List.of("source", "raw", "data", "_body", "_text", "text", "body");

    private ChildList() {}

    /** True for a file of a tree that is such an object's: its text, or the rest of it. */
    public static boolean isFile(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith(ID)
                && name.indexOf('#') < 0
                && (name.length() == ID.length() || name.charAt(ID.length()) == '.');
    }

    /** Returns the names in the file of such an object; empty if they are not in this file. */
    public static Optional<List<String>> read(FileTree tree, String path) throws IOException {
        if (!path.endsWith(FileNames.XML)) {
            return Optional.of(names(tree.read(path).utf8()));
        }
        Element object = XmlReader.read(path, tree.read(path));
        return TEXTS.stream()
                .flatMap(name -> object.children().stream().filter(child -> name.equals(child.get("name"))))
                .findFirst()
                .filter(text -> text.get("file") == null && text.get("enc") == null)
                .map(text -> names(text.text()));
    }

    /**
     * Returns the names in all such objects of a database, by the path of the folder without the leading slash; not those
     * that are left out themselves.
     *
     * @param candidates objects with this id
     */
    public static SortedMap<String, List<String>> find(
            Collection<Oid> candidates, StateSource states, HomeGraph graph, Placement placement, IgnoreRules rules)
            throws IOException {
        List<Place> places = candidates.stream()
                .flatMap(oid -> placement.of(oid).stream())
                .filter(place -> isList(place.path()))
                .sorted(Comparator.comparingInt(place -> place.path().segments().size()))
                .toList();
        SortedMap<String, List<String>> found = new TreeMap<>();
        IgnoreRules all = rules;
        for (Place place : places) {
            Optional<ObjectState> state = states.load(place.oid());
            Optional<String> text = state.flatMap(ChildList::text);
            if (text.isEmpty()
                    || all.ignoresObject(
                            place.path(), graph.node(place.oid()).orElseThrow().className())) {
                continue;
            }
            List<Segment> segments = place.path().segments();
            String folder = ObjectPath.join(segments.subList(0, segments.size() - 1));
            List<String> names = names(text.get());
            found.put(folder, names);
            all = all.withNames(folder, names);
        }
        return found;
    }

    private static boolean isList(ObjectPath path) {
        return path.local().isEmpty()
                && !path.segments().isEmpty()
                && path.segments().getLast().equals(Segment.plain(ID));
    }

    /** True if an object calls itself so; whether it is one its place tells. */
    static boolean isNamed(ObjectState state) {
        return Stream.of("id", "__name__").anyMatch(name -> ID.equals(Attributes.string(state.attribute(name))));
    }

    private static Optional<String> text(ObjectState state) {
        return TEXTS.stream()
                .flatMap(name -> Stream.ofNullable(state.attribute(name)))
                .findFirst()
                .flatMap(value -> value instanceof Value.Binary(Bytes bytes)
                        ? bytes.wellFormedUtf8()
                        : Optional.ofNullable(Attributes.string(value)));
    }

    private static List<String> names(String text) {
        return text.lines()
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals(ID))
                .toList();
    }
}
