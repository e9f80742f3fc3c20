package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.Problems;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the files of an object say of it, but for its own name, to tell an object under another path. */
final class UnitTexts {
    static final Pattern NAMES = Pattern.compile(" file=\"[^\"]*\"");
    private static final Pattern OWN_ID = Pattern.compile("  <(text|str) name=\"(id|__name__)\">.*");

    /** Bytes of a natural file that are looked at. */
    static final int MAX_LENGTH = 1 << 20;

    private final FileTree tree;

    UnitTexts(FileTree tree) {
        this.tree = tree;
    }

    /** Returns the XML file of each object. */
    Map<String, String> units() throws IOException {
        Map<String, String> units = new HashMap<>();
        new TreeWalk(tree, new Problems()).walk(unit -> {
            units.put(unit.path().toString(), unit.file());
            return Set.of();
        });
        return units;
    }

    Bytes hash(String file) throws IOException {
        MessageDigest digest = Renames.sha256();
        for (String line : lines(file)) {
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        return Bytes.wrap(digest.digest());
    }

    /** Returns the lines of the XML and of the files that it names. */
    List<String> lines(String file) throws IOException {
        Bytes content = tree.read(file);
        List<String> lines = new ArrayList<>();
        for (String line : text(content).split("\n", -1)) {
            if (!OWN_ID.matcher(line).matches()) {
                lines.add(NAMES.matcher(line).replaceAll(" file=\"\""));
            }
        }
        for (String name : named(file, content)) {
            String path = FileNames.join(file.substring(0, Math.max(0, file.lastIndexOf('/'))), name);
            if (tree.find(path).isPresent()) {
                lines.addAll(List.of(text(tree.read(path)).split("\n", -1)));
            }
        }
        return lines;
    }

    private static String text(Bytes content) {
        return content.slice(0, Math.min(MAX_LENGTH, content.length())).latin1();
    }

    /** Returns the files that an XML file names, all beside it; none if it cannot be read. */
    static List<String> named(String file, Bytes content) {
        List<String> names = new ArrayList<>();
        Deque<Element> open = new ArrayDeque<>();
        try {
            open.push(XmlReader.read(file, content));
        } catch (XmlFormatException e) {
            // reported by whoever reads the tree; here it only makes the object less like another
            return names;
        }
        while (!open.isEmpty()) {
            Element element = open.pop();
            String name = element.get("file");
            if (name != null && name.indexOf('/') < 0) {
                names.add(name);
            }
            element.children().reversed().forEach(open::push);
        }
        return names;
    }
}
