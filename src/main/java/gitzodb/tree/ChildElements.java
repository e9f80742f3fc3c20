package gitzodb.tree;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The elements in the XML of one object that stand for its children, the objects with files of their own, by path. */
final class ChildElements implements UnitReader.Links, UnitReader.Receiver {
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final Map<Integer, HolderShape> shapes = new HashMap<>();
    private final Map<String, Element> found = new LinkedHashMap<>();
    private int references;

    private ChildElements(Unit unit, ClassFormats formats, TreeSettings settings) {
        this.formats = formats;
        this.settings = settings;
        shapes.put(0, shape(unit.path(), unit.element(), null, null));
    }

    /** Reads a unit of a tree, with its parts. */
    static Map<String, Element> of(FileTree tree, Unit unit, ClassFormats formats, TreeSettings settings)
            throws IOException {
        ChildElements children = new ChildElements(unit, formats, settings);
        new UnitReader(settings, new TreeWalk(tree, new Problems())).read(unit, children, children);
        return children.found;
    }

    private HolderShape shape(ObjectPath path, Element element, @Nullable HolderShape holder, @Nullable Label label) {
        return HolderShape.read(path, element, holder, label, formats, settings);
    }

    private HolderShape shape(Nested nested) {
        return Objects.requireNonNull(shapes.get(nested.number()));
    }

    @Override
    public Value nested(Nested nested) {
        HolderShape holder = shape(Objects.requireNonNull(nested.holder()));
        Label label = Objects.requireNonNull(nested.label());
        shapes.put(nested.number(), shape(holder.below(label, false), nested.element(), holder, label));
        return standIn();
    }

    @Override
    public void node(Nested node, Nested tree, int number) {
        shapes.put(node.number(), shape(shape(tree).path().node(number), node.element(), null, null));
    }

    @Override
    public Value child(Nested holder, Element element, Label label) {
        found.put(shape(holder).below(label, true).toString(), element);
        return standIn();
    }

    @Override
    public Value ref(Nested holder, Element element) {
        return standIn();
    }

    @Override
    public Value file(Nested holder, Element element, String attribute) {
        return Value.NONE;
    }

    @Override
    public void part(Nested holder, Element element, String file) {}

    @Override
    public void object(Nested nested, ObjectState state) {}

    @Override
    public void tree(Nested nested, ClassMeta meta, List<Entry> entries) {}

    @Override
    public void blob(Nested nested) {}

    @Override
    public void unreadable(Nested nested, Bytes record) {}

    /** Returns a reference like no other, as it may be the key of a dict. */
    private Value standIn() {
        return new Value.PersistentId(new Value.Int(references++));
    }
}
