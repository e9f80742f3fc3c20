package gitzodb.load;

import gitzodb.tree.FileNames;
import gitzodb.tree.ObjectPath;
import gitzodb.xml.Element;

/**
 * One object with a file of its own, as it was found in a tree.
 *
 * @param file the path of its XML in the tree folder
 * @param folder the folder of that file, where its natural files and parts are
 * @param path the object
 * @param element the root element of the XML
 */
public record Unit(String file, String folder, ObjectPath path, Element element) {
    /** Returns the path in the tree of a file that the XML names. */
    String beside(String name) {
        return FileNames.join(folder, name);
    }
}
