package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The registry in which a site looks components up. {@code _generation} counts its changes; by it, and by a change of its
 * own record, a running Zope sees that what it found before may be wrong.
 */
final class ComponentLookupFormat implements ClassFormat {
    private static final String GENERATION = "_generation";

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("zope.component.persistentregistry.PersistentAdapterRegistry");
    }

    @Override
    public int since() {
        return 2;
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() ? stored : Attributes.without(stored, derived(stored));
    }

    private static Set<String> derived(ObjectState state) {
        return state.attribute(GENERATION) instanceof Value.Int ? Set.of(GENERATION) : Set.of();
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (stored == null) {
            return tree;
        }
        ObjectState whole = Attributes.restored(tree, stored, derived(stored));
        return tree.attribute(GENERATION) != null || SameValue.test(whole.state(), stored.state())
                ? whole
                : renewed(whole).orElse(whole);
    }

    @Override
    public Optional<ObjectState> renewed(ObjectState stored) {
        return stored.attribute(GENERATION) instanceof Value.Int(long generation)
                ? Optional.of(Attributes.with(stored, GENERATION, new Value.Int((generation + 1) & Integer.MAX_VALUE)))
                : Optional.empty();
    }

    @Override
    public boolean isRenewed() {
        return true;
    }
}
