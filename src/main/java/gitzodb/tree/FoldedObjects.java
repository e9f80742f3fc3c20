package gitzodb.tree;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads which objects are folded into one object, without what they refer to. */
final class FoldedObjects implements UnitReader.Links, UnitReader.Receiver {
    /**
     * A folded object.
     *
     * @param number its place in the file, from 1
     * @param holder the number of what it is folded into, 0 for the object of the file
     */
    record Folded(int number, int holder, Label label, String path, Element element) {}

    private final ClassFormats formats;
    private final TreeSettings settings;
    private final Map<Integer, HolderShape> shapes = new HashMap<>();
    private final List<Folded> found = new ArrayList<>();
    private int references;

    private FoldedObjects(Unit unit, ClassFormats formats, TreeSettings settings) {
        this.formats = formats;
        this.settings = settings;
        shapes.put(0, HolderShape.read(unit.path(), unit.element(), null, null, formats, settings));
    }

    /**
     * Reads the folded objects of a unit, holders before what they hold.
     *
     * @throws gitzodb.xml.XmlFormatException if the unit cannot be read
     */
    static List<Folded> of(FileTree tree, Unit unit, ClassFormats formats, TreeSettings settings) throws IOException {
        FoldedObjects objects = new FoldedObjects(unit, formats, settings);
        new UnitReader(settings, new TreeWalk(tree, new Problems())).read(unit, objects, objects);
        return objects.found;
    }

    @Override
    public Value nested(Nested nested) {
        int holder = Objects.requireNonNull(nested.holder()).number();
        Label label = Objects.requireNonNull(nested.label());
        HolderShape shape = Objects.requireNonNull(shapes.get(holder));
        ObjectPath path = shape.below(label, false);
        shapes.put(nested.number(), HolderShape.read(path, nested.element(), shape, label, formats, settings));
        found.add(new Folded(nested.number(), holder, label, path.toString(), nested.element()));
        return standIn();
    }

    @Override
    public void node(Nested node, Nested tree, int number) {
        ObjectPath path =
                Objects.requireNonNull(shapes.get(tree.number())).path().node(number);
        shapes.put(node.number(), HolderShape.read(path, node.element(), null, null, formats, settings));
        Label label = Label.of(new Step.OtherKey("node " + number));
        found.add(new Folded(node.number(), tree.number(), label, path.toString(), node.element()));
    }

    @Override
    public Value child(Nested holder, Element element, Label label) {
        return standIn();
    }

    @Override
    public Value ref(Nested holder, Element element) {
        return standIn();
    }

    /** Returns a reference like no other, as it may be the key of a dict. */
    private Value standIn() {
        return new Value.PersistentId(new Value.Int(references++));
    }

    @Override
    public Value file(Nested holder, Element element, String attribute) {
        return element.name().equals("text") ? new Value.Text("") : new Value.Binary(Bytes.EMPTY);
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
}
