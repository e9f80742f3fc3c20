package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.tree.FileTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problem;
import gitzodb.tree.Problems;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeSink;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks a tree without a database: well-formed XML, names, children, files, references, classes that are never written,
 * no unmerged conflict, and the one canonical form.
 */
public final class Verify {
    private final FileTree tree;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final IgnoreRules ignored;

    public Verify(FileTree tree, ClassFormats formats, TreeSettings settings) {
        this(tree, formats, settings, IgnoreRules.NONE);
    }

    /** Checks a tree that leaves out objects, which it lists and refers to. */
    public Verify(FileTree tree, ClassFormats formats, TreeSettings settings, IgnoreRules ignored) {
        this.tree = tree;
        this.formats = settings.formats(formats);
        this.settings = settings;
        this.ignored = ignored.within(settings.only());
    }

    /** Returns all that is wrong, by file; empty if the tree can be loaded and is in canonical form. */
    public List<Problem> problems() throws IOException {
        Problems problems = new Problems();
        TreeIndex.of(tree, formats, settings, GlobalPolicy.trustingTree(), problems, new LeftOut(ignored));
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

    /** What is left out may be in the database; without it nobody can tell. */
    private record LeftOut(IgnoreRules ignored) implements TreeIndex.Outside {
        @Override
        public @Nullable Target find(String path) {
            return null;
        }

        @Override
        public boolean has(String path) {
            return ignored.mayIgnore(ObjectPath.parse(path));
        }

        @Override
        public boolean isListed(String path) {
            return false;
        }
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
