package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.tree.FileTree;
import gitzodb.tree.ForwardingTree;
import gitzodb.tree.MemoryTree;
import gitzodb.tree.Problem;
import gitzodb.tree.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeWalkTest {
    private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<object class=\"m.C\"/>\n";

    private final MemoryTree tree = new MemoryTree();
    private final Problems problems = new Problems();

    @BeforeEach
    void root() {
        xml("__self__.zodb.xml");
    }

    private void xml(String path) {
        tree.put(path, Bytes.utf8(XML));
    }

    private List<String> walk(FileTree files) throws IOException {
        List<String> paths = new ArrayList<>();
        new TreeWalk(files, problems).walk(unit -> {
            paths.add(unit.path().toString());
            return Set.of();
        });
        return paths;
    }

    private List<String> problems() throws IOException {
        walk(tree);
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    void findsObjectsInFilesAndFolders() throws IOException {
        xml("Application/__self__.zodb.xml");
        xml("Application/page.zodb.xml");
        xml("Application/page/part.zodb.xml");
        xml("Application/script.py.zodb.xml");
        xml("Application/script.py#/below.zodb.xml");
        tree.put(".zodbconfig", Bytes.EMPTY);
        tree.put("Application/.zodbignore", Bytes.EMPTY);
        assertThat(walk(tree))
                .containsExactly(
                        "/",
                        "/Application",
                        "/Application/page",
                        "/Application/script.py",
                        "/Application/page/part",
                        "/Application/script.py/below");
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void namesStrayFiles() throws IOException {
        tree.put("a.txt", Bytes.EMPTY);
        tree.put("b/.zodbconfig", Bytes.EMPTY);
        assertThat(problems())
                .containsExactly(
                        "a.txt: no object names this file; remove it, or mend the object that should",
                        "b/.zodbconfig: no object names this file; remove it, or mend the object that should");
    }

    @Test
    void namesNamesThatMeet() throws IOException {
        xml("Page.zodb.xml");
        xml("page.zodb.xml");
        assertThat(problems())
                .containsExactly(
                        "Page.zodb.xml: some file systems take this name and page.zodb.xml for one; rename one of them",
                        "page.zodb.xml: some file systems take this name and Page.zodb.xml for one; rename one of them");
    }

    @Test
    void namesNamesThatNoWorkTreeCanHave() throws IOException {
        List<String> names = List.of(".git", "..", "git~1", "a\\b", "a:b", "aux", "x\uDCFF", "end.");
        for (String name : names) {
            xml(name + "/__self__.zodb.xml");
            tree.put("plain" + name, Bytes.EMPTY);
        }
        List<String> problems = problems();
        for (String name : names) {
            assertThat(problems).anyMatch(problem -> problem.startsWith(name + ": no object has the file name"));
            assertThat(problems)
                    .anyMatch(problem -> problem.startsWith("plain" + name + ": no object names this file"));
        }
    }

    @Test
    void namesAnObjectThatIsDescribedTwice() throws IOException {
        xml("page.zodb.xml");
        xml("page/__self__.zodb.xml");
        assertThat(problems())
                .containsExactly("page/__self__.zodb.xml: the object is described twice, here and in page.zodb.xml");
    }

    @Test
    void namesFilesThatNoObjectHas() throws IOException {
        xml("a%2.zodb.xml");
        xml("%61.zodb.xml");
        assertThat(problems()).hasSize(2).allMatch(problem -> problem.startsWith("%61") || problem.startsWith("a%2"));
    }

    @Test
    void reportsEveryBadFileOfARun() throws IOException {
        tree.put("a.zodb.xml", Bytes.utf8("<object"));
        tree.put("b.zodb.xml", Bytes.utf8("<<<<<<< ours\nx\n=======\ny\n>>>>>>> theirs\n"));
        tree.put("c.zodb.xml", Bytes.utf8(XML + "<object/>"));
        assertThat(problems())
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("b.zodb.xml:1: unmerged"))
                .anyMatch(problem -> problem.startsWith("a.zodb.xml:1: "))
                .anyMatch(problem -> problem.startsWith("c.zodb.xml:3: "));
    }

    @Test
    void missesTheRoot() throws IOException {
        tree.delete("__self__.zodb.xml");
        assertThat(problems()).containsExactly("__self__.zodb.xml: /: missing: the tree has no root object");
    }

    @Test
    void refusesLinks() throws IOException {
        FileTree linked = new ForwardingTree() {
            @Override
            public FileTree tree() {
                return tree;
            }

            @Override
            public List<Entry> list(String folder) throws IOException {
                List<Entry> entries = new ArrayList<>(tree.list(folder));
                if (folder.isEmpty()) {
                    entries.add(new Entry("x", Kind.OTHER));
                }
                return entries;
            }
        };
        walk(linked);
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly("x: neither file nor folder; links are not followed");
    }
}
