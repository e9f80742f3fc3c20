package gitzodb.load;

import gitzodb.classes.Structure;
import gitzodb.tree.TreeSettings;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.zodb.ClassName;

/** Tells the BTree family and kind of a {@code <tree>} from its class, or from what the settings say of a subclass. */
final class TreeShapes {
    private final TreeSettings settings;

    TreeShapes(TreeSettings settings) {
        this.settings = settings;
    }

    Structure.Node of(Unit unit, Element tree) throws XmlFormatException {
        String cls = tree.get("class");
        try {
            if (settings.structure(ClassName.parse(cls == null ? ":" : cls)) instanceof Structure.Node node) {
                return node;
            }
        } catch (IllegalArgumentException e) {
            throw new XmlFormatException(unit.file(), tree.line(), tree.column(), String.valueOf(e.getMessage()));
        }
        throw new XmlFormatException(unit.file(), tree.line(), tree.column(), "no BTree class: " + cls);
    }
}
