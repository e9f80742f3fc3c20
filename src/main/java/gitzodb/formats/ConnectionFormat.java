package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceContent;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL connections: one that is written by hand without a connection string connects to nothing. */
final class ConnectionFormat implements ClassFormat {
    @Override
    public Set<ClassName> classes() {
        return ClassList.of(
                "Products.ZPsycopgDA.DA.Connection",
                "Products.ZMySQLDA.DA.Connection",
                "Products.ZGadflyDA.DA.Connection",
                "Products.ZSQLiteDA.DA.Connection",
                "Products.ZOracleDA.DA.Connection",
                "Products.ZODBCDA.DA.Connection",
                "Products.ZPyODBCDA.DA.pyodbcConnection",
                "Products.ZCxOracleDA.DA.Connection",
                "Products.ZcxOracleDA.DA.Connection",
                "Products.ZsapdbDA.DA.Connection");
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        return stored != null || settings.keepDerived()
                ? tree
                : Attributes.withDefault(tree, "connection_string", Attributes.text(tree, ""));
    }
}
