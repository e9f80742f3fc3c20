package gitzodb.classes;

import gitzodb.pickle.PyDict;
import gitzodb.zodb.ObjectState;
import java.util.Set;
import java.util.TreeSet;

/**
 * Attributes that hold passwords in objects of any class: connection strings of databases, mail and directory passwords.
 * They are left out whatever their value, so that the tree does not even say whether there is one.
 */
public final class Secrets {
    private static final Set<String> NAMES = Set.of("connection_string", "smtp_pwd", "_bindpwd");

    private Secrets() {}

    /** Returns those that this object has. */
    public static Set<String> of(ObjectState stored) {
        PyDict attributes = stored.attributes();
        Set<String> found = new TreeSet<>();
        if (attributes != null) {
            NAMES.stream().filter(attributes::has).forEach(found::add);
        }
        return found;
    }
}
