package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final ClassFormat users = new UserFormat();
    private final ClassFormat connections = new ConnectionFormat();
    private static final FormatSettings KEEP = new FormatSettings(false, true);

    private static ObjectState user() {
        return States.python3("AccessControl.users.User", "name", "ida", "__", "{SSHA}abc", "roles", new PyList());
    }

    @Test
    void aPasswordStaysInTheDatabase() throws Exception {
        ObjectState tree = users.toTree(user(), FormatSettings.DEFAULT);
        assertThat(States.names(tree)).containsExactly("name", "roles");
        assertThat(users.secrets(user())).containsExactly("__");
        ObjectState back = users.toDatabase(tree, user(), FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(States.names(back)).containsExactly("name", "__", "roles");
    }

    @Test
    void aNewUserIsLocked() throws Exception {
        ObjectState tree = users.toTree(user(), FormatSettings.DEFAULT);
        ObjectState made = users.toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(made.attribute("__")).isEqualTo(States.bytes("{SSHA}"));
    }

    @Test
    void keptSecretsAreInTheTree() {
        ObjectState stored = user();
        assertThat(users.toTree(stored, KEEP)).isSameAs(stored);
    }

    @Test
    void aConnectionStringStaysInTheDatabase() throws Exception {
        ObjectState stored = States.python3(
                "Products.ZPsycopgDA.DA.Connection", "id", "db", "connection_string", "password=x", "title", "");
        ObjectState tree = connections.toTree(stored, FormatSettings.DEFAULT);
        assertThat(States.names(tree)).containsExactly("id", "title");
        assertThat(connections
                        .toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED)
                        .attribute("connection_string"))
                .isEqualTo(new Value.Text("password=x"));
        assertThat(connections
                        .toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED)
                        .attribute("connection_string"))
                .isEqualTo(new Value.Text(""));
    }

    @Test
    void anUnknownClassHasSecretsToo() throws Exception {
        ClassFormat generic = BuiltinFormats.formats().of(gitzodb.zodb.ClassName.parse("shop.mail.Host"));
        ObjectState stored = States.python2("shop.mail.Host", "smtp_host", "mail", "smtp_pwd", "x");
        ObjectState tree = generic.toTree(stored, FormatSettings.DEFAULT);
        assertThat(States.names(tree)).containsExactly("smtp_host");
        assertThat(States.names(generic.toDatabase(tree, stored, FormatSettings.DEFAULT, States.UNCHANGED)))
                .containsExactly("smtp_host", "smtp_pwd");
        assertThat(generic.toTree(stored, KEEP)).isSameAs(stored);
    }

    @Test
    void noClassHasTwoFormats() {
        assertThat(BuiltinFormats.formats().known()).hasSizeGreaterThan(50);
    }
}
