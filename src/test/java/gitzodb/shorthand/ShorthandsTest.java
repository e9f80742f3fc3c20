package gitzodb.shorthand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShorthandsTest {
    private static final String PLUGINS = "Products.PluggableAuthService.plugins.";
    private static final String USERS = """
            <object class="%sZODBUserManager.ZODBUserManager" named="id">
              <tree name="_login_to_userid" class="BTrees.OOBTree.OOBTree">
                <text name="bert">u2</text>
                <text name="ida">ida</text>
              </tree>
              <tree name="_user_passwords" class="BTrees.OOBTree.OOBTree">
                <secret name="ida"/>
                <bytes name="u2">{SSHA}x</bytes>
              </tree>
              <tree name="_userid_to_login" class="BTrees.OOBTree.OOBTree">
                <text name="ida">ida</text>
                <text name="u2">bert</text>
              </tree>
              <none name="title"/>
            </object>
            """.formatted(PLUGINS);
    private static final String ROLES = """
            <object class="%sZODBRoleManager.ZODBRoleManager">
              <tree name="_principal_roles" class="BTrees.OOBTree.OOBTree">
                <tuple name="ida"><text>Clerk</text><text>Manager</text></tuple>
                <tuple name="u2"/>
              </tree>
              <tree name="_roles" class="BTrees.OOBTree.OOBTree">
                <dict name="Clerk">
                  <text name="id">Clerk</text>
                  <none name="title"/>
                  <text name="description"/>
                </dict>
              </tree>
            </object>
            """.formatted(PLUGINS);
    private static final String REGISTRY = """
            <object class="Products.PluginRegistry.PluginRegistry.PluginRegistry" named="id">
              <object name="_plugin_type_info" class="Persistence.mapping.PersistentMapping">
                <dict name="data">
                  <entry>
                    <global>a.IOne</global>
                    <dict>
                      <text name="id">IOne</text>
                      <text name="title">one</text>
                      <text name="description">The one</text>
                    </dict>
                  </entry>
                  <entry>
                    <global>a.ITwo</global>
                    <dict>
                      <text name="id">ITwo</text>
                      <text name="title">two</text>
                      <text name="description">The two</text>
                    </dict>
                  </entry>
                </dict>
              </object>
              <list name="_plugin_types"><global>a.IOne</global><global>a.ITwo</global></list>
              <object name="_plugins" class="Persistence.mapping.PersistentMapping">
                <dict name="data">
                  <entry>
                    <global>a.ITwo</global>
                    <tuple><text>y</text><text>x</text></tuple>
                  </entry>
                  <entry>
                    <global>b.IGone</global>
                    <tuple/>
                  </entry>
                </dict>
              </object>
            </object>
            """;

    private static Element element(String xml) throws IOException {
        return XmlReader.read("x", Bytes.utf8(xml));
    }

    /** Returns what a text says, without the places where it stands in it. */
    private static Element placeless(Element read) {
        List<Element> children =
                read.children().stream().map(ShorthandsTest::placeless).toList();
        return new Element(read.name(), read.attributes(), children, read.text(), 0, 0);
    }

    private static String shortened(String xml, int format) throws IOException {
        return text(Shorthands.shorten(placeless(element(xml)), Generation.PYTHON3, format));
    }

    private static String text(Element element) throws IOException {
        return new String(CanonicalXml.bytes(element).toArray(), StandardCharsets.UTF_8).replaceFirst(".*\n", "");
    }

    @Test
    void aUserIsALine() throws IOException {
        assertThat(shortened(USERS, 2)).isEqualTo("""
                <object class="%sZODBUserManager.ZODBUserManager" named="id">
                  <users>
                    <user name="ida"/>
                    <user name="u2" login="bert">
                      <bytes>{SSHA}x</bytes>
                    </user>
                  </users>
                  <none name="title"/>
                </object>
                """.formatted(PLUGINS));
    }

    @Test
    void aRoleIsALineAndSoIsEachThatSomebodyHas() throws IOException {
        assertThat(shortened(ROLES, 2)).isEqualTo("""
                <object class="%sZODBRoleManager.ZODBRoleManager">
                  <role-assignments>
                    <principal name="ida" role="Clerk"/>
                    <principal name="ida" role="Manager"/>
                    <principal name="u2"/>
                  </role-assignments>
                  <role-definitions>
                    <role name="Clerk" description=""/>
                  </role-definitions>
                </object>
                """.formatted(PLUGINS));
    }

    @Test
    void anActivePluginIsALine() throws IOException {
        assertThat(shortened(REGISTRY, 2)).isEqualTo("""
                <object class="Products.PluginRegistry.PluginRegistry.PluginRegistry" named="id">
                  <plugin-types>
                    <plugin-type name="a.IOne" description="The one" title="one"/>
                    <plugin-type name="a.ITwo" description="The two" title="two"/>
                  </plugin-types>
                  <plugins>
                    <plugin type="ITwo">y</plugin>
                    <plugin type="ITwo">x</plugin>
                    <plugin type="b.IGone"/>
                  </plugins>
                </object>
                """);
    }

    @Test
    void aTreeOfVersionOneHasNone() throws IOException {
        for (String object : List.of(USERS, ROLES, REGISTRY)) {
            assertThat(shortened(object, 1)).isEqualTo(text(element(object)));
        }
    }

    /** Plone sorts them by name. */
    @Test
    void anOrderOfTypesOfItsOwnIsShown() throws IOException {
        String sorted = "<list name=\"_plugin_types\"><global>a.ITwo</global><global>a.IOne</global></list>";
        String plone = REGISTRY.replaceFirst("<list name=\"_plugin_types\">.*</list>", sorted);
        String shown = shortened(plone, 2);
        assertThat(shown).contains(sorted, "<plugin-type name=\"a.ITwo\"", "<plugin type=\"ITwo\">y</plugin>");
        assertThat(Shorthands.lengthen(placeless(element(shown)), Generation.PYTHON3, 2)
                        .children())
                .containsExactlyInAnyOrderElementsOf(placeless(element(plone)).children());
    }

    /** Python 2 has other native texts, and its dicts are sorted. */
    @Test
    void python2HasTheSameLines() throws IOException {
        String two =
                "      <str name=\"description\">The two</str><str name=\"id\">ITwo</str><str name=\"title\">two</str>";
        String one = two.replace("two", "one").replace("ITwo", "IOne");
        String registry = "<object class=\"Products.PluginRegistry.PluginRegistry.PluginRegistry\">"
                + "<object name=\"_plugin_type_info\" class=\"Persistence.mapping.PersistentMapping\"><dict name=\"data\">"
                + "<entry><global>a.IOne</global><dict>" + one + "</dict></entry>"
                + "<entry><global>a.ITwo</global><dict>" + two + "</dict></entry></dict></object>"
                + "<list name=\"_plugin_types\"><global>a.ITwo</global><global>a.IOne</global></list></object>";
        Element whole = placeless(element(registry));
        Element shown = Shorthands.shorten(whole, Generation.PYTHON2, 2);
        assertThat(text(shown).lines().filter(line -> line.contains("<plugin-type ")))
                .hasSize(2)
                .first()
                .asString()
                .contains("a.ITwo");
        assertThat(Shorthands.shorten(whole, Generation.PYTHON3, 2)).isSameAs(whole);
        String users = USERS.replace("<text", "<str").replace("</text", "</str");
        assertThat(text(Shorthands.shorten(placeless(element(users)), Generation.PYTHON2, 2)))
                .contains("<user name=\"ida\"/>");
    }

    /** Each is changed in one place so that the shorter form could not say it. */
    @Test
    void whatIsUnusualStaysInTheGeneralForm() throws IOException {
        List<String> odd = List.of(
                USERS.replace("<text name=\"bert\">u2", "<text name=\"bert\">u3"),
                USERS.replace("<text name=\"u2\">bert", "<text name=\"u2\" enc=\"escaped\">bert"),
                USERS.replace("<bytes name=\"u2\">{SSHA}x</bytes>", "<part file=\"x\"/>"),
                USERS.replace("<tree name=\"_user_passwords\"", "<tree name=\"_user_passwords\" shown=\"nodes\""),
                USERS.replace("<secret name=\"ida\"/>", "<entry><int>1</int><none/></entry>"),
                USERS.replace("_login_to_userid", "other"),
                ROLES.replace("<text name=\"id\">Clerk", "<text name=\"id\">Other"),
                ROLES.replace("<none name=\"title\"/>", "<int name=\"title\">1</int>"),
                ROLES.replace("<tuple name=\"u2\"/>", "<list name=\"u2\"/>"),
                ROLES.replace("<text>Manager</text>", "<int>1</int>"),
                ROLES.replace("<tuple name=\"u2\"/>", "<same name=\"u2\" id=\"1\"/>"),
                REGISTRY.replace("<text name=\"id\">ITwo", "<text name=\"id\">Second"),
                REGISTRY.replace("<text>y</text><text>x</text>", "<text>y</text><text/>"),
                REGISTRY.replace(
                        "name=\"_plugins\" class=\"Persistence.mapping", "name=\"_plugins\" class=\"ZODB.mapping"),
                REGISTRY.replace("<list name=\"_plugin_types\">", "<list name=\"_plugin_types\" id=\"1\">"));
        for (String object : odd) {
            assertThat(shortened(object, 2)).isEqualTo(text(element(object)));
        }
    }

    @Test
    void refusesWhatSaysNothing() throws IOException {
        for (String content : List.of(
                "<users><user/></users>",
                "<users><user name=\"a\"/><user name=\"a\"/></users>",
                "<users><user name=\"a\"/><user name=\"b\" login=\"a\"/></users>",
                "<users><user name=\"a\"><none/><none/></user></users>",
                "<users><user name=\"a\" role=\"b\"/></users>",
                "<users/><users/>",
                "<users/><none name=\"_user_passwords\"/>",
                "<users file=\"x\"/>")) {
            assertRefused("ZODBUserManager.ZODBUserManager", content);
        }
        for (String content : List.of(
                "<role-definitions><role/></role-definitions>",
                "<role-definitions><role name=\"a\">text</role></role-definitions>",
                "<role-assignments><principal role=\"a\"/></role-assignments>",
                "<role-assignments><principal name=\"a\"/><principal name=\"a\" role=\"b\"/></role-assignments>",
                "<role-assignments><principal name=\"a\" group=\"b\"/></role-assignments>")) {
            assertRefused("ZODBRoleManager.ZODBRoleManager", content);
        }
        String registry = "<object class=\"Products.PluginRegistry.PluginRegistry.PluginRegistry\">";
        for (String content : List.of(
                "<plugins><plugin type=\"IUnknown\">x</plugin></plugins>",
                "<plugins><plugin>x</plugin></plugins>",
                "<plugin-types><plugin-type name=\"a.I\"/><plugin-type name=\"b.I\"/></plugin-types>")) {
            Element object = element(registry + content + "</object>");
            assertThatThrownBy(() -> Shorthands.lengthen(object, Generation.PYTHON3, 2))
                    .as(content)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertRefused(String cls, String content) throws IOException {
        Element object = element("<object class=\"" + PLUGINS + cls + "\">" + content + "</object>");
        assertThatThrownBy(() -> Shorthands.lengthen(object, Generation.PYTHON3, 2))
                .as(content)
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aUserAddedByHandHasNoPassword() throws IOException {
        String byHand = "<object class=\"" + PLUGINS + "ZODBUserManager.ZODBUserManager\">"
                + "<users><user name=\"zoe\"/><user name=\"abe\" login=\"b\"/></users></object>";
        assertThat(text(Shorthands.lengthen(element(byHand), Generation.PYTHON3, 2)))
                .contains("<secret name=\"zoe\"/>", "<text name=\"b\">abe</text>");
        assertThat(text(Shorthands.lengthen(element(byHand), Generation.PYTHON2, 2)))
                .contains("<str name=\"zoe\">zoe</str>");
    }

    @Test
    void otherClassesAreLeftAlone() throws IOException {
        Element other = element("<object class=\"m.C\"><users/></object>");
        assertThat(Shorthands.lengthen(other, Generation.PYTHON3, 2)).isSameAs(other);
        assertThat(Shorthands.shorten(other, Generation.PYTHON3, 2)).isSameAs(other);
    }
}
