package gitzodb.formats;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user of a user folder. The password hash stays in the database; a user that is new there is locked. */
final class UserFormat implements ClassFormat {
    private static final String PASSWORD = "__";

    /** A hash without digest: no password fits it, where an empty one or any other text would be a password. */
    private static final String LOCKED = "{SSHA}";

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("AccessControl.users.User", "AccessControl.User.User");
    }

    @Override
    public String idAttribute() {
        return "name";
    }

    @Override
    public Set<String> secrets(ObjectState stored) {
        return stored.attribute(PASSWORD) == null ? Set.of() : Set.of(PASSWORD);
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (stored != null) {
            return Attributes.restored(tree, stored, secrets(stored));
        }
        return settings.keepSecrets() ? tree : Attributes.withDefault(tree, PASSWORD, locked(tree));
    }

    private static Value locked(ObjectState tree) {
        return Attributes.isPython2(tree) ? new Value.Str(Bytes.utf8(LOCKED)) : new Value.Binary(Bytes.utf8(LOCKED));
    }
}
