package gitzodb.load;

import gitzodb.classes.ClassFormats;
import gitzodb.tree.FileTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.TreeSettings;
import gitzodb.xml.Element;
import gitzodb.zodb.Label;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The objects that are folded into one object, without what they refer to. */
final class FoldedObjects extends UnitSkim {
    /**
     * A folded object.
     *
     * @param number its place in the file, from 1
     * @param holder the number of what it is folded into, 0 for the object of the file
     */
    record Folded(int number, int holder, Label label, String path, Element element) {}

    private final List<Folded> found = new ArrayList<>();

    private FoldedObjects(ClassFormats formats, TreeSettings settings) {
        super(formats, settings);
    }

    /** Reads the folded objects of a unit, holders before what they hold. */
    static List<Folded> of(FileTree tree, Unit unit, ClassFormats formats, TreeSettings settings) throws IOException {
        FoldedObjects objects = new FoldedObjects(formats, settings);
        objects.read(tree, unit);
        return objects.found;
    }

    @Override
    void folded(Nested object, Nested holder, Label label, ObjectPath path) {
        found.add(new Folded(object.number(), holder.number(), label, path.toString(), object.element()));
    }
}
