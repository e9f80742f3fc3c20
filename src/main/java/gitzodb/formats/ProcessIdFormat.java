package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceContent;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Cache managers and mounted temporary folders: they keep an id that a process made of an address and the time, by which
 * it finds their cache or database in memory. It says nothing, but two objects must not have the same: an object keeps
 * its id, a new one gets one of its own.
 */
final class ProcessIdFormat implements ClassFormat {
    private static final String PARAMS = "_params";
    private static final Map<ClassName, String> IDS = ids();

    private static Map<ClassName, String> ids() {
        Map<ClassName, String> ids = new LinkedHashMap<>();
        String managers = "Products.StandardCacheManagers.";
        ids.put(ClassName.parse(managers + "RAMCacheManager.RAMCacheManager"), "_RAMCacheManager__cacheid");
        ids.put(
                ClassName.parse(managers + "AcceleratedHTTPCacheManager.AcceleratedHTTPCacheManager"),
                "_AcceleratedHTTPCacheManager__cacheid");
        ids.put(
                ClassName.parse("Products.TemporaryFolder.TemporaryFolder.MountedTemporaryFolder"),
                "_MountPoint__mountpoint_id");
        return ids;
    }

    @Override
    public int since() {
        return 2;
    }

    @Override
    public Set<ClassName> classes() {
        return IDS.keySet();
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() ? stored : Attributes.without(stored, derived(stored));
    }

    /** A temporary folder that was given no parameters has its id, as Python writes it, for those too. */
    private static Set<String> derived(ObjectState state) {
        String attribute = IDS.getOrDefault(state.className(), "");
        String id = Attributes.string(state.attribute(attribute));
        Set<String> names = new LinkedHashSet<>();
        if (id != null) {
            names.add(attribute);
            if (quoted(id).equals(Attributes.string(state.attribute(PARAMS)))) {
                names.add(PARAMS);
            }
        }
        return names;
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (stored != null) {
            return Attributes.restored(tree, stored, derived(stored));
        }
        String attribute = IDS.getOrDefault(tree.className(), "");
        if (settings.keepDerived() || tree.attributes() == null || tree.attribute(attribute) != null) {
            return tree;
        }
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        ObjectState made = Attributes.with(tree, attribute, Attributes.text(tree, id));
        return attribute.startsWith("_MountPoint")
                ? Attributes.withDefault(made, PARAMS, Attributes.text(tree, quoted(id)))
                : made;
    }

    private static String quoted(String id) {
        return "'" + id + "'";
    }
}
