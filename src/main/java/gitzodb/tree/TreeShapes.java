package gitzodb.tree;

import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
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
        String family = "";
        try {
            ClassName name = ClassName.parse(cls == null ? ":" : cls);
            if (Structures.of(name) instanceof Structure.Node node) {
                return node;
            }
            family = settings.rule(name).family().orElse("");
            if (Structures.of(new ClassName("BTrees." + base(family), family)) instanceof Structure.Node node) {
                return node;
            }
        } catch (IllegalArgumentException e) {
            throw new XmlFormatException(unit.file(), tree.line(), tree.column(), String.valueOf(e.getMessage()));
        }
        throw new XmlFormatException(
                unit.file(),
                tree.line(),
                tree.column(),
                "no BTree class: " + cls + (family.isEmpty() ? "" : " as " + family));
    }

    /** Returns the module of a class: {@code OOTreeSet} is in {@code OOBTree}. */
    private static String base(String family) {
        return family.length() < 2 ? family : family.substring(0, 2) + "BTree";
    }
}
