package gitzodb.graph;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Step;
import gitzodb.zodb.Tid;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WideNodesTest {
    private static final Oid FOLDER = new Oid(1);

    private final WideNodes nodes = new WideNodes();

    private static Label label(int number) {
        return Label.of(new Step.Attribute("child_" + number));
    }

    private static byte[] folder(int children, Edge.Role role) {
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            edges.add(Edge.of(new Oid(100 + i), label(i), role));
        }
        return NodeCodec.encode(new Node(
                FOLDER, new Tid(1), new ClassName("OFS.Folder", "Folder"), false, "f", null, Node.Shape.OBJECT, edges));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5_000})
    void saysWhatIsListed(int children) {
        byte[] listed = folder(children, Edge.Role.LISTED);
        byte[] plain = folder(children, Edge.Role.PLAIN);

        assertThat(nodes.lists(FOLDER, listed, LabelBytes.encode(label(children - 1))))
                .isTrue();
        assertThat(nodes.lists(FOLDER, listed, LabelBytes.encode(label(children))))
                .isFalse();
        assertThat(nodes.lists(FOLDER, plain, LabelBytes.encode(label(1)))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5_000})
    void aNodeThatChangedIsDecodedAnew(int children) {
        byte[] before = folder(children, Edge.Role.LISTED);
        byte[] after = folder(children + 1, Edge.Role.LISTED);
        for (int round = 0; round < 3; round++) {
            assertThat(nodes.node(FOLDER, before)).isEqualTo(NodeCodec.decode(FOLDER, before));
            assertThat(nodes.node(FOLDER, after).edges()).hasSize(children + 1);
            assertThat(nodes.lists(FOLDER, after, LabelBytes.encode(label(children))))
                    .isTrue();
            assertThat(nodes.lists(FOLDER, before, LabelBytes.encode(label(children))))
                    .isFalse();
        }
    }

    /** More than is kept at a time. */
    @ParameterizedTest
    @ValueSource(ints = {100, 20_000})
    void anyNumberOfFoldersMayBeWide(int children) {
        List<byte[]> folders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            folders.add(folder(children + i, Edge.Role.LISTED));
        }
        for (int i = 0; i < 60; i++) {
            int at = i % 20;
            assertThat(nodes.node(new Oid(at), folders.get(at)).edges()).hasSize(children + at);
            assertThat(nodes.node(new Oid(at), folders.get(at)).oid()).isEqualTo(new Oid(at));
        }
    }
}
