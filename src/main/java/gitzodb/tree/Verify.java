package gitzodb.tree;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.util.List;

/**
 * Checks a tree without a database: well-formed XML, names, children, files, references, classes that are never written,
 * no unmerged conflict, and the one canonical form.
 */
public final class Verify {
    private final FileTree tree;
    private final ClassFormats formats;
    private final TreeSettings settings;

    public Verify(FileTree tree, ClassFormats formats, TreeSettings settings) {
        this.tree = tree;
        this.formats = formats;
        this.settings = settings;
    }

    /** Returns all that is wrong, by file; empty if the tree can be loaded and is in canonical form. */
    public List<Problem> problems() throws IOException {
        Problems problems = new Problems();
        TreeIndex.of(tree, formats, settings, GlobalPolicy.trustingTree(), problems);
        Problems forms = new Problems();
        new XmlFiles(tree).forEach((path, content) -> checkForm(path, content, forms));
        problems.addAll(forms.list());
        return problems.list();
    }

    /**
     * Writes every XML file that is not in canonical form anew; editors may have changed its layout.
     *
     * @return the files that were written
     * @throws XmlFormatException if a file is not well-formed; files before it are written
     */
    public List<String> canonicalize(TreeSink sink) throws IOException {
        List<String> written = new java.util.ArrayList<>();
        new XmlFiles(tree).forEach((path, content) -> {
            Bytes canonical = CanonicalXml.bytes(XmlReader.read(path, content));
            if (!canonical.equals(content)) {
                sink.put(path, canonical);
                written.add(path);
            }
        });
        return written;
    }

    private static void checkForm(String path, Bytes content, Problems problems) {
        try {
            Element element = XmlReader.read(path, content);
            Bytes canonical = CanonicalXml.bytes(element);
            if (!canonical.equals(content)) {
                int line = firstDifference(content, canonical);
                problems.add(path, line, "", "not in canonical form; git zodb canonicalize mends it");
            }
        } catch (XmlFormatException e) {
            // the index has reported it already
            return;
        }
    }

    private static int firstDifference(Bytes content, Bytes canonical) {
        int line = 1;
        int end = Math.min(content.length(), canonical.length());
        for (int i = 0; i < end && content.at(i) == canonical.at(i); i++) {
            if (content.at(i) == '\n') {
                line++;
            }
        }
        return line;
    }
}
