package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.Secrets;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Generation;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A user of a user folder: one that is written by hand without a password is locked. */
final class UserFormat implements ClassFormat {
    @Override
    public Set<ClassName> classes() {
        return ClassList.of("AccessControl.users.User", "AccessControl.User.User");
    }

    @Override
    public String idAttribute() {
        return "name";
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        return stored != null || settings.keepDerived()
                ? tree
                : Attributes.withDefault(tree, Secrets.PASSWORD, Secrets.fresh(Secrets.Fresh.LOCKED, generation(tree)));
    }

    private static Generation generation(ObjectState tree) {
        return Attributes.isPython2(tree) ? Generation.PYTHON2 : Generation.PYTHON3;
    }
}
