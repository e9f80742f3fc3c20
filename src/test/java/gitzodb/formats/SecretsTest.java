package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.FormatSettings;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SecretsTest {
    @Nested
    class Users implements ClassFormatContract {
        @Override
        public UserFormat format() {
            return new UserFormat();
        }

        @Override
        public List<ObjectState> samples() {
            return List.of(
                    States.python3("AccessControl.users.User", "name", "ida", "__", "{SSHA}abc", "roles", new PyList()),
                    States.python2("AccessControl.User.User", "name", "ida", "__", "x", "roles", new PyList()));
        }

        @Test
        void oneWrittenByHandIsLocked() {
            ObjectState tree = States.python3("AccessControl.users.User", "name", "ida", "roles", new PyList());
            assertThat(format().toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED)
                            .attribute("__"))
                    .isEqualTo(States.bytes("{SSHA}"));
            assertThat(format().toDatabase(tree, null, FormatSettings.EXACT, States.UNCHANGED))
                    .isSameAs(tree);
        }
    }

    @Nested
    class Connections implements ClassFormatContract {
        @Override
        public ConnectionFormat format() {
            return new ConnectionFormat();
        }

        @Override
        public List<ObjectState> samples() {
            return List.of(States.python3(
                    "Products.ZPsycopgDA.DA.Connection", "id", "db", "connection_string", "password=x", "title", ""));
        }

        @Test
        void oneWrittenByHandConnectsToNothing() {
            ObjectState tree = States.python3("Products.ZPsycopgDA.DA.Connection", "id", "db");
            assertThat(format().toDatabase(tree, null, FormatSettings.DEFAULT, States.UNCHANGED)
                            .attribute("connection_string"))
                    .isEqualTo(new Value.Text(""));
        }
    }

    @Test
    void noClassHasTwoFormats() {
        assertThat(BuiltinFormats.formats().known()).hasSizeGreaterThan(50);
    }
}
