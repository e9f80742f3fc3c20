package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of a catalog. They count how often something was indexed, even if nothing changed, for caches that live as
 * long as a request; an index without a counter makes one. The number says nothing, so no tree has it.
 */
final class CatalogIndexFormat implements ClassFormat {
    private static final String COUNTER = "_counter";

    @Override
    public int since() {
        return 2;
    }

    @Override
    public Set<ClassName> classes() {
        return ClassList.of(
                "Products.PluginIndexes.BooleanIndex.BooleanIndex.BooleanIndex",
                "Products.PluginIndexes.CompositeIndex.CompositeIndex.CompositeIndex",
                "Products.PluginIndexes.DateIndex.DateIndex.DateIndex",
                "Products.PluginIndexes.DateRangeIndex.DateRangeIndex.DateRangeIndex",
                "Products.PluginIndexes.FieldIndex.FieldIndex.FieldIndex",
                "Products.PluginIndexes.KeywordIndex.KeywordIndex.KeywordIndex",
                "Products.PluginIndexes.UUIDIndex.UUIDIndex.UUIDIndex",
                "Products.DateRecurringIndex.index.DateRecurringIndex");
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() ? stored : Attributes.without(stored, derived(stored));
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        return stored == null ? tree : Attributes.restored(tree, stored, derived(stored));
    }

    private static Set<String> derived(ObjectState state) {
        return state.attribute(COUNTER) instanceof Value.PersistentId ? Set.of(COUNTER) : Set.of();
    }
}
