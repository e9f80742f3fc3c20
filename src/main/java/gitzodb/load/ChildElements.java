package gitzodb.load;

import gitzodb.classes.ClassFormats;
import gitzodb.tree.FileTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.TreeSettings;
import gitzodb.xml.Element;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The elements in the XML of one object that stand for its children, the objects with files of their own, by path. */
final class ChildElements extends UnitSkim {
    private final Map<String, Element> found = new LinkedHashMap<>();

    private ChildElements(ClassFormats formats, TreeSettings settings) {
        super(formats, settings);
    }

    static Map<String, Element> of(FileTree tree, Unit unit, ClassFormats formats, TreeSettings settings)
            throws IOException {
        ChildElements children = new ChildElements(formats, settings);
        children.read(tree, unit);
        return children.found;
    }

    @Override
    void listed(ObjectPath path, Element element) {
        found.put(path.toString(), element);
    }
}
