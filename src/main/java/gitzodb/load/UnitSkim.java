package gitzodb.load;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.pickle.Value;
import gitzodb.tree.FileTree;
import gitzodb.tree.HolderShape;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problems;
import gitzodb.tree.TreeSettings;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a unit for what stands where in it; values and references lead nowhere. */
abstract class UnitSkim implements UnitReader.Links, UnitReader.Receiver {
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final Map<Integer, HolderShape> shapes = new HashMap<>();
    private int references;

    UnitSkim(ClassFormats formats, TreeSettings settings) {
        this.formats = formats;
        this.settings = settings;
    }

    /**
     * Reads a unit of a tree, with its parts.
     *
     * @throws gitzodb.xml.XmlFormatException if the unit cannot be read
     */
    final void read(FileTree tree, Unit unit) throws IOException {
        shapes.put(0, HolderShape.read(unit.path(), unit.element(), null, null, formats, settings));
        new UnitReader(settings, new TreeWalk(tree, new Problems())).read(unit, this, this);
    }

    /** Takes an object that is folded into another, before those that it holds itself. */
    void folded(Nested object, Nested holder, Label label, ObjectPath path) {}

    /** Takes the element that stands for an object with a file of its own. */
    void listed(ObjectPath path, Element element) {}

    private HolderShape shape(Nested nested) {
        return Objects.requireNonNull(shapes.get(nested.number()));
    }

    @Override
    public final Value nested(Nested nested) {
        Nested holder = Objects.requireNonNull(nested.holder());
        Label label = Objects.requireNonNull(nested.label());
        HolderShape shape = shape(holder);
        ObjectPath path = shape.below(label, false);
        shapes.put(nested.number(), HolderShape.read(path, nested.element(), shape, label, formats, settings));
        folded(nested, holder, label, path);
        return standIn();
    }

    @Override
    public final String path(Nested nested) {
        return shape(nested).path().toString();
    }

    @Override
    public final void node(Nested node, Nested tree, int number) {
        ObjectPath path = shape(tree).path().node(number);
        shapes.put(node.number(), HolderShape.read(path, node.element(), null, null, formats, settings));
        folded(node, tree, Label.of(new Step.OtherKey("node " + number)), path);
    }

    @Override
    public final Value child(Nested holder, Element element, Label label) {
        listed(shape(holder).below(label, true), element);
        return standIn();
    }

    @Override
    public final Value ref(Nested holder, Element element) {
        return standIn();
    }

    /** Returns a reference like no other, as it may be the key of a dict. */
    private Value standIn() {
        return new Value.PersistentId(new Value.Int(references++));
    }

    @Override
    public final Value file(Nested holder, Element element, String attribute) {
        return element.name().equals("text") ? new Value.Text("") : new Value.Binary(Bytes.EMPTY);
    }

    @Override
    public final void part(Nested holder, Element element, String file) {}

    @Override
    public final void object(Nested nested, ObjectState state) {}

    @Override
    public final void tree(Nested nested, ClassMeta meta, List<Entry> entries) {}

    @Override
    public final void blob(Nested nested) {}

    @Override
    public final void unreadable(Nested nested, Bytes record) {}
}
