package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tree says of the objects folded into one file, but for where they are in it. */
final class FoldedTexts {
    private final FileTree tree;
    private final String folder;
    private final Map<Integer, String> texts = new HashMap<>();

    FoldedTexts(FileTree tree, String file) {
        this.tree = tree;
        this.folder = file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    /** Returns the object's XML and the natural files that it names, without name and place. */
    String of(FoldedObjects.Folded object) throws IOException {
        String known = texts.get(object.number());
        if (known == null) {
            known = read(object.element());
            texts.put(object.number(), known);
        }
        return known;
    }

    private String read(Element element) throws IOException {
        Bytes xml = CanonicalXml.bytes(element.without("name"));
        StringBuilder text =
                new StringBuilder(UnitTexts.NAMES.matcher(xml.latin1()).replaceAll(" file=\"\""));
        Deque<Element> open = new ArrayDeque<>();
        open.push(element);
        while (!open.isEmpty()) {
            Element next = open.pop();
            String name = next.get("file");
            if (name != null && name.indexOf('/') < 0) {
                String path = FileNames.join(folder, name);
                if (tree.find(path).isPresent()) {
                    text.append('\n').append(head(path));
                }
            }
            next.children().reversed().forEach(open::push);
        }
        return text.toString();
    }

    private String head(String path) throws IOException {
        try (InputStream in = tree.open(path)) {
            return new String(in.readNBytes(UnitTexts.MAX_LENGTH), StandardCharsets.ISO_8859_1);
        }
    }

    List<String> lines(FoldedObjects.Folded object) throws IOException {
        return new ArrayList<>(List.of(of(object).split("\n", -1)));
    }

    /** Returns the id that an object says it has; null if it says none. */
    static @Nullable String id(FoldedObjects.Folded object) {
        for (Element child : object.element().children()) {
            String name = child.get("name");
            boolean isText = child.name().equals("text") || child.name().equals("str");
            if (isText && child.get("file") == null && ("id".equals(name) || "__name__".equals(name))) {
                return child.text();
            }
        }
        return null;
    }
}
