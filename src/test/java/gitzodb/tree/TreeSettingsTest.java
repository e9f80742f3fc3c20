package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.zodb.ClassName;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TreeSettingsTest {
    private static final String HEAD = "[zodb]\n\tformat = 2\n\tgeneration = FS21\n";

    @Test
    void readsBackWhatItWrites() throws TreeException {
        TreeMap<ClassName, ClassRule> classes = new TreeMap<>();
        classes.put(
                new ClassName("odd \"m\\", "C"),
                ClassRule.NONE
                        .placed(ClassRule.Placing.FOLD)
                        .collecting("_tr ee;#")
                        .ofFamily("OOBTree")
                        .withSecret("api_key")
                        .withSecret("settings/*")
                        .like(new ClassName("OFS.Folder", "Folder"))
                        .withSource("body", ".html")
                        .withSource("raw", "")
                        .withDerived("_cache"));
        TreeSettings settings = new TreeSettings(
                2,
                Generation.PYTHON2,
                true,
                true,
                List.of(ObjectPath.parse("/Application/a b"), ObjectPath.parse("/x")),
                Optional.of(new DefaultOwner("/a/acl_users", "ida l\"")),
                classes);
        assertThat(TreeSettings.parse(settings.content())).isEqualTo(settings);
        assertThat(TreeSettings.parse(Bytes.utf8(HEAD))).isEqualTo(TreeSettings.of(Generation.PYTHON2));
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        for (String text : List.of(
                "",
                HEAD + "color = blue\n",
                HEAD + "[class \"m.C\"]\nplace = here\n",
                HEAD + "[class \"nodot\"]\nplace = own\n",
                HEAD + "only = Application\n",
                HEAD + "only = \"/Application#x\"\n",
                HEAD + "secrets = \"keep\n",
                HEAD + "defaultOwner = ida\n",
                HEAD + "defaultOwner = /acl_users\n",
                HEAD + "[class \"m.C\"]\nsecret = /*\n",
                HEAD + "[class \"m.C\"]\nderived =\n",
                HEAD + "[class \"m.C\"]\nformat = Folder\n",
                HEAD + "[class \"m.C\"]\nsource = body html\n",
                HEAD + "[class \"m.C\"]\nsource = body .zodb.xml\n",
                HEAD + "[class \"m.C\"]\nsource = body ../x\n",
                HEAD + "[remote]\nurl = x\n",
                "[zodb]\nformat = 3\ngeneration = FS30\n")) {
            assertThatThrownBy(() -> TreeSettings.parse(Bytes.utf8(text)))
                    .as(text)
                    .isInstanceOf(TreeException.class)
                    .hasMessageStartingWith(".zodbconfig: ");
        }
    }

    @Test
    void tellsWhenSecretsAreLetOut() {
        TreeSettings strict = TreeSettings.of(Generation.PYTHON3);
        TreeSettings loose = TreeSettings.exact(Generation.PYTHON3);
        assertThat(strict.loosenedBy(loose)).isTrue();
        assertThat(loose.loosenedBy(strict)).isFalse();
    }

    @Test
    void anOlderFormatStaysAndKnowsFewerSecrets() throws TreeException {
        TreeSettings newest = TreeSettings.of(Generation.PYTHON2);
        TreeSettings first = TreeSettings.parse(Bytes.utf8("[zodb]\nformat = 1\ngeneration = FS21\n"));
        assertThat(TreeSettings.parse(first.content())).isEqualTo(first);
        ClassName odbc = ClassName.parse("Products.ZPyODBCDA.DA.pyodbcConnection");
        assertThat(first.secrets().rule(odbc, "connx_string")).isEmpty();
        assertThat(newest.secrets().rule(odbc, "connx_string")).isPresent();
        assertThat(newest.loosenedBy(first)).isTrue();
        assertThat(first.loosenedBy(newest)).isFalse();
    }

    @Test
    void aRuleThatIsTakenAwayLetsSecretsOut() throws TreeException {
        TreeSettings ruled = TreeSettings.parse(Bytes.utf8(HEAD + "[class \"m.C\"]\nsecret = a\nsecret = b/*\n"));
        TreeSettings fewer = TreeSettings.parse(Bytes.utf8(HEAD + "[class \"m.C\"]\nsecret = a\n"));
        assertThat(ruled.loosenedBy(fewer)).isTrue();
        assertThat(fewer.loosenedBy(ruled)).isFalse();
        assertThat(ruled.loosenedBy(ruled)).isFalse();
    }
}
