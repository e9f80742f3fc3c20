package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Virtual Host Monster. Zope shows {@code lines} and maps hosts by {@code fixed_map}, {@code sub_map} and
 * {@code have_map}, which it makes of them at each save. The tree has the lines, and the maps only where they say
 * something else.
 */
final class VirtualHostFormat implements ClassFormat {
    private static final String LINES = "lines";

    @Override
    public int since() {
        return 2;
    }

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("Products.SiteAccess.VirtualHostMonster.VirtualHostMonster");
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() ? stored : Attributes.without(stored, derived(stored));
    }

    /** Returns the maps that can be made again: all three or none, as Zope writes them together. */
    private static Set<String> derived(ObjectState state) {
        Map<String, Value> made = made(state);
        boolean same = !made.isEmpty()
                && made.entrySet().stream()
                        .allMatch(map -> SameValue.test(state.attribute(map.getKey()), map.getValue()));
        return same ? made.keySet() : Set.of();
    }

    private static Map<String, Value> made(ObjectState state) {
        return state.attribute(LINES) instanceof PyTuple lines
                        && lines.items().stream().allMatch(Attributes::isText)
                ? VirtualHosts.maps(state, lines)
                : Map.of();
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (stored == null) {
            return settings.keepDerived() ? tree : completed(tree, made(tree));
        }
        if (SameValue.test(tree.attribute(LINES), stored.attribute(LINES))) {
            return Attributes.restored(tree, stored, derived(stored));
        }
        Set<String> stale = new HashSet<>();
        for (String name : List.of("fixed_map", "sub_map", "have_map")) {
            if (SameValue.test(tree.attribute(name), stored.attribute(name))) {
                stale.add(name);
            }
        }
        return completed(Attributes.without(tree, stale), made(tree));
    }

    private static ObjectState completed(ObjectState tree, Map<String, Value> made) {
        ObjectState complete = tree;
        for (Map.Entry<String, Value> map : made.entrySet()) {
            complete = Attributes.withDefault(complete, map.getKey(), map.getValue());
        }
        return complete;
    }
}
