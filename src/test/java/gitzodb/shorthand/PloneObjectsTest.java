package gitzodb.shorthand;

import static gitzodb.shorthand.ElementText.element;
import static gitzodb.shorthand.ElementText.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.pickle.Generation;
import gitzodb.xml.Element;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions, the order of folders, and the fields of a registry. */
class PloneObjectsTest {
    private static final String ACTION = """
            <object class="Products.CMFCore.ActionInformation.Action" named="id">
              <text name="available_expr"/>
              <text name="icon_expr">string:icon</text>%s
              <text name="title">Shop</text>
              <text name="url_expr">string:/shop</text>%s
            </object>
            """;
    private static final String ICON = "\n  <expression name=\"icon_expr_object\">string:icon</expression>";
    private static final String URL = "\n  <expression name=\"url_expr_object\">string:/shop</expression>";
    private static final String FIELD = """
            <object class="plone.registry.field.TextLine">
              <none name="_Element__tagged_values"/>
              <text name="__doc__">Hours

            When we are open</text>
              <text name="__name__">value</text>
              <false name="_init_field"/>
              <none name="default"/>
              <none name="defaultFactory"/>
              <text name="description">When we are open</text>
              <none name="fieldName"/>
              <none name="interfaceName"/>
              <none name="max_length"/>
              <int name="min_length">0</int>
              <false name="readonly"/>
              <true name="required"/>
              <text name="title">Hours</text>
              <text name="unicode_normalization">NFC</text>
            </object>
            """;

    private static String shown(String xml, int format) throws IOException {
        return text(Shorthands.shorten(element(xml), Generation.PYTHON3, format));
    }

    private static String long_(String xml, int format) throws IOException {
        return text(Shorthands.lengthen(element(xml), Generation.PYTHON3, format));
    }

    private static final String ANNOTATIONS = """
            <tree name="__annotations__" class="BTrees.OOBTree.OOBTree">
              <text name="a">x</text>
              <object name="plone.folder.ordered.order" class="persistent.list.PersistentList">
                <list name="data"><text>news</text><text>about</text></list>
              </object>
              <tree name="plone.folder.ordered.pos" class="BTrees.OIBTree.OIBTree">
                <int name="about">1</int>
                <int name="news">0</int>
              </tree>
            </tree>
            """;

    @Test
    void aFolderSaysItsOrderOnce() throws IOException {
        assertThat(shown(ANNOTATIONS, 2)).isEqualTo("""
                <tree name="__annotations__" class="BTrees.OOBTree.OOBTree">
                  <text name="a">x</text>
                  <order name="plone.folder.ordered">
                    <id>news</id>
                    <id>about</id>
                  </order>
                </tree>
                """);
        assertThat(long_(shown(ANNOTATIONS, 2), 2)).isEqualTo(ANNOTATIONS);
        assertThat(shown(ANNOTATIONS, 1)).isEqualTo(ANNOTATIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<int name=\"about\">1</int>|<int name=\"about\">2</int>",
                "<int name=\"about\">1</int>|",
                "<text>about</text>|<text>news</text>",
                "<text>about</text>|<int>1</int>",
                "BTrees.OIBTree.OIBTree|BTrees.OOBTree.OOBTree",
                "persistent.list.PersistentList|m.List"
            })
    void numbersThatAreOffAreShown(String change) throws IOException {
        String[] parts = change.split("\\|", -1);
        String off = text(element(ANNOTATIONS.replace(parts[0], parts[1])));
        assertThat(off).isNotEqualTo(ANNOTATIONS);
        assertThat(shown(off, 2)).isEqualTo(off);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<order name=\"plone.folder.ordered\"><id>a</id><id>a</id></order>",
                "<order name=\"plone.folder.ordered\"><item>a</item></order>",
                "<order name=\"plone.folder.ordered\"/><order name=\"plone.folder.ordered\"/>",
                "<order name=\"other\"/>"
            })
    void anOrderThatSaysNothingIsRefused(String order) throws IOException {
        Element tree = element("<tree class=\"BTrees.OOBTree.OOBTree\">" + order + "</tree>");
        assertThatThrownBy(() -> Shorthands.lengthen(tree, Generation.PYTHON3, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static final String TYPE = """
            <object class="Products.MimetypesRegistry.MimeTypeItem.MimeTypeItem">
              <text name="__name__">Atari 2600</text>
              <true name="binary"/>
              <list name="globs"><text>*.a26</text><text>*.a27</text></list>
              <text name="icon_path">game.png</text>
              <text name="id">Atari 2600</text>
              <tuple name="mimetypes"><text>application/x-atari</text></tuple>
            </object>
            """;

    @Test
    void aMimeTypeIsALine() throws IOException {
        assertThat(shown(TYPE, 2))
                .isEqualTo("<mime-type binary=\"yes\" globs=\"*.a26 *.a27\" icon_path=\"game.png\""
                        + " mimetypes=\"application/x-atari\" title=\"Atari 2600\"/>\n");
        assertThat(shown(TYPE, 1)).isEqualTo(TYPE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<true name=\"binary\"/>|<false name=\"binary\"/>|1",
                "<true name=\"binary\"/>|<int name=\"binary\">1</int>|0",
                "<text>*.a26</text>|<text>*.a 26</text>|0",
                "<text>*.a26</text>|<text/>|0",
                "<text>*.a26</text><text>*.a27</text>||1",
                "<tuple name=\"mimetypes\"><text>application/x-atari</text></tuple>||1",
                "<tuple name=\"mimetypes\"><text>application/x-atari</text></tuple>|<tuple name=\"extensions\"/>|1",
                "<text name=\"id\">Atari 2600</text>|<text name=\"id\">Atari</text>|0",
                "<text name=\"id\">Atari 2600</text>||0",
                "<true name=\"binary\"/>|<true name=\"binary\"/><text name=\"more\">x</text>|0"
            })
    void everyMimeTypeComesBack(String change) throws IOException {
        String[] parts = change.split("\\|", -1);
        Element object = element(TYPE.replace(parts[0], parts[1]));
        Element made = Shorthands.shorten(object, Generation.PYTHON3, 2);
        assertThat(made.name()).isEqualTo(parts[2].equals("1") ? "mime-type" : "object");
        assertThat(Shorthands.lengthen(made, Generation.PYTHON3, 2).children())
                .containsExactlyInAnyOrderElementsOf(object.children());
    }

    @Test
    void anExpressionIsALine() throws IOException {
        String object = """
                <object name="action" class="Products.CMFCore.Expression.Expression">
                  <text name="text">string:x</text>
                </object>
                """;
        assertThat(shown(object, 2)).isEqualTo("<expression name=\"action\">string:x</expression>\n");
        assertThat(shown(object, 1)).isEqualTo(object);
        assertThat(long_(shown(object, 2), 2)).isEqualTo(object);
        String more = object.replace("</object>", "<text name=\"x\"/></object>");
        assertThat(shown(more, 2)).startsWith("<object");
    }

    @Test
    void anExpressionOfAnActionIsSaidOnce() throws IOException {
        assertThat(shown(ACTION.formatted(ICON, URL), 2)).isEqualTo(ACTION.formatted("", ""));
        assertThat(long_(ACTION.formatted("", ""), 2)).isEqualTo(ACTION.formatted(ICON, URL));
    }

    @Test
    void anExpressionThatSaysSomethingElseIsShown() throws IOException {
        String other = ACTION.formatted(ICON, URL.replace("/shop", "/other"));
        assertThat(shown(other, 2)).isEqualTo(ACTION.formatted("", URL.replace("/shop", "/other")));
        assertThat(long_(shown(other, 2), 2)).isEqualTo(other);
    }

    @Test
    void aTextWithoutItsObjectIsMarked() throws IOException {
        String without = ACTION.formatted("", URL);
        assertThat(shown(without, 2)).contains("<text name=\"icon_expr\" expression=\"no\">string:icon</text>");
        assertThat(long_(shown(without, 2), 2)).isEqualTo(without);
    }

    /** A tree of version 1 says each object there is. */
    @Test
    void anOlderTreeGetsNoObjects() throws IOException {
        assertThat(long_(ACTION.formatted("", ""), 1)).isEqualTo(ACTION.formatted("", ""));
    }

    @Test
    void aUsualFieldIsALine() throws IOException {
        assertThat(shown(FIELD, 2))
                .isEqualTo("<field class=\"plone.registry.field.TextLine\" description=\"When we are open\""
                        + " title=\"Hours\"/>\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  <none name=\"default\"/>\n",
                "  <text name=\"title\">Hours</text>\n",
                "  <text name=\"description\">When we are open</text>\n",
                "  <false name=\"_init_field\"/>\n",
                "<text name=\"__doc__\">Hours\n\nWhen we are open</text>",
                "<text name=\"title\">Hours</text>|<message name=\"title\" domain=\"plone\">Hours</message>",
                "<text name=\"title\">Hours</text>|<text name=\"title\"/>",
                "<none name=\"default\"/>|<text name=\"default\">9-17</text>",
                "<true name=\"required\"/>|<int name=\"required\">1</int>",
                "<text name=\"title\">Hours</text>|<text name=\"title\">Opening</text>",
                "<none name=\"default\"/>|<global name=\"interface\">m.I</global>"
            })
    void everyFieldComesBack(String change) throws IOException {
        String[] parts = change.split("\\|", -1);
        String stored = change.isEmpty() ? FIELD : FIELD.replace(parts[0], parts.length == 1 ? "" : parts[1]);
        assertThat(stored).satisfies(text -> assertThat(text.equals(FIELD)).isEqualTo(change.isEmpty()));
        Element object = element(stored);
        Element again = Shorthands.lengthen(Shorthands.shorten(object, Generation.PYTHON3, 2), Generation.PYTHON3, 2);
        assertThat(Shorthands.shorten(object, Generation.PYTHON3, 2).name()).isEqualTo("field");
        assertThat(again.children()).containsExactlyInAnyOrderElementsOf(object.children());
        assertThat(again.attributes()).isEqualTo(object.attributes());
    }

    @Test
    void aFieldThatSaysItsTitleTwiceIsRefused() throws IOException {
        Element twice =
                element("<field class=\"plone.registry.field.Bool\" title=\"a\"><text name=\"title\">b</text></field>");
        assertThatThrownBy(() -> Shorthands.lengthen(twice, Generation.PYTHON3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("title twice");
    }
}
