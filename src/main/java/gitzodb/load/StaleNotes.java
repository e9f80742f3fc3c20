package gitzodb.load;

import gitzodb.zodb.ClassName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a load leaves stale because only Zope's own code can refresh it (zope-classes §0, §5): searches, relations,
 * permissions after a workflow change, modules on disk. One note a catalog, however many objects were written below it.
 */
final class StaleNotes {
    private static final ClassName ZCATALOG = new ClassName("Products.ZCatalog.ZCatalog", "ZCatalog");

    /** What keeps books on the objects of a site, and so goes stale with them. */
    private static final Map<ClassName, Kind> KEEPERS = Map.ofEntries(
            Map.entry(ZCATALOG, Kind.CATALOG),
            Map.entry(new ClassName("Products.CMFCore.CatalogTool", "CatalogTool"), Kind.CATALOG),
            Map.entry(new ClassName("Products.CMFPlone.CatalogTool", "CatalogTool"), Kind.CATALOG),
            Map.entry(new ClassName("Products.CMFPlone.UIDCatalog", "UIDCatalog"), Kind.CATALOG),
            Map.entry(new ClassName("Products.CMFPlone.ReferenceCatalog", "ReferenceCatalog"), Kind.CATALOG),
            Map.entry(new ClassName("five.intid.intid", "IntIds"), Kind.INT_IDS),
            Map.entry(new ClassName("five.intid.intid", "OFSIntIds"), Kind.INT_IDS),
            Map.entry(new ClassName("zope.intid", "IntIds"), Kind.INT_IDS),
            Map.entry(new ClassName("zc.relation.catalog", "Catalog"), Kind.RELATIONS),
            Map.entry(new ClassName("z3c.relationfield.index", "RelationCatalog"), Kind.RELATIONS));

    private static final Set<String> WORKFLOWS = Set.of(
            "Products.DCWorkflow.DCWorkflow.DCWorkflowDefinition",
            "Products.DCWorkflow.States.StateDefinition",
            "Products.DCWorkflow.Transitions.TransitionDefinition");
    private static final ClassName EXTERNAL = new ClassName("Products.ExternalMethod.ExternalMethod", "ExternalMethod");
    private static final String REBUILD_RELATIONS = "Products.CMFPlone.relationhelper.rebuild_relations()";
    private static final String REBUILD_INT_IDS =
            "Products.CMFPlone.relationhelper.rebuild_relations(flush_and_rebuild_intids=True)";

    private enum Kind {
        CATALOG,
        INT_IDS,
        RELATIONS
    }

    private final SortedMap<String, ClassName> keepers;

    /** @param keepers catalogs and the like in the database, which are of {@link #keeperClasses}, by path */
    StaleNotes(Map<String, ClassName> keepers) {
        this.keepers = new TreeMap<>(keepers);
    }

    /** Returns the classes of what keeps books on other objects. */
    static Set<ClassName> keeperClasses() {
        return KEEPERS.keySet();
    }

    /**
     * An object that was written, or is gone.
     *
     * @param cls its class; null if it is gone
     * @param oldPath where it was, if it was elsewhere
     * @param workflow true if its workflow history changed
     */
    record Written(
            LoadResult.Kind kind,
            String path,
            @Nullable ClassName cls,
            @Nullable String oldPath,
            boolean workflow) {
        /** True if it is another object, or at another place, than what the database kept books on. */
        boolean isElsewhere() {
            return kind != LoadResult.Kind.CHANGED;
        }
    }

    List<LoadResult.StaleNote> of(Collection<Written> written) {
        List<LoadResult.StaleNote> notes = new ArrayList<>();
        keepers.forEach((path, cls) -> {
            List<Written> below = written.stream()
                    .filter(object -> isBelow(object.path, path))
                    .toList();
            if (!below.isEmpty()) {
                keeper(path, cls, below, notes);
            }
        });
        for (Written object : written) {
            ClassName cls = object.cls;
            if (object.workflow) {
                notes.add(new LoadResult.StaleNote(
                        object.path, "permissions of the new workflow state", "portal_workflow.updateRoleMappings()"));
            } else if (cls != null && WORKFLOWS.contains(cls.toString())) {
                notes.add(new LoadResult.StaleNote(
                        object.path,
                        "permissions of the content in this workflow",
                        "portal_workflow.updateRoleMappings()"));
            }
            if (EXTERNAL.equals(cls)) {
                notes.add(new LoadResult.StaleNote(
                        object.path, "its module in Extensions, if that changed too", "restart"));
            }
        }
        return notes;
    }

    /** Returns what goes stale in a database that all objects of a tree of format 1 are new to. */
    List<LoadResult.StaleNote> ofNewDatabase() {
        List<LoadResult.StaleNote> notes = new ArrayList<>();
        keepers.forEach((path, cls) -> {
            if (KEEPERS.get(cls) == Kind.INT_IDS) {
                notes.add(new LoadResult.StaleNote(
                        path, "its references hold oids of another database", REBUILD_INT_IDS));
            }
        });
        return notes;
    }

    private static void keeper(String path, ClassName cls, List<Written> below, List<LoadResult.StaleNote> notes) {
        switch (KEEPERS.getOrDefault(cls, Kind.CATALOG)) {
            case CATALOG ->
                notes.add(
                        below.size() == 1
                                ? entry(below.getFirst(), path)
                                : new LoadResult.StaleNote(path, entries(below), refresh(cls, below)));
            case RELATIONS ->
                notes.add(new LoadResult.StaleNote(
                        path, "relations of " + count(below) + ", if they changed", REBUILD_RELATIONS));
            case INT_IDS -> {
                List<Written> elsewhere =
                        below.stream().filter(Written::isElsewhere).toList();
                if (!elsewhere.isEmpty()) {
                    notes.add(new LoadResult.StaleNote(path, "int ids of " + count(elsewhere), REBUILD_INT_IDS));
                }
            }
        }
    }

    private static String entries(List<Written> below) {
        return "its entries of " + count(below);
    }

    private static String count(List<Written> below) {
        return below.size() == 1 ? below.getFirst().path : below.size() + " objects such as " + below.getFirst().path;
    }

    /** A ZCatalog refreshes what it knows; what is new to it has to be found. */
    private static String refresh(ClassName catalog, List<Written> below) {
        if (!catalog.equals(ZCATALOG)) {
            return "clearFindAndRebuild()";
        }
        return below.stream().anyMatch(Written::isElsewhere)
                ? "manage_catalogClear(), then manage_catalogFoundItems()"
                : "manage_catalogReindex()";
    }

    private static LoadResult.StaleNote entry(Written object, String catalog) {
        String what = "its entry in " + catalog;
        if (object.cls == null) {
            return new LoadResult.StaleNote(object.path, what, "uncatalog_object(" + object.path + ")");
        }
        return new LoadResult.StaleNote(
                object.path,
                what,
                object.oldPath == null
                        ? "reindexObject()"
                        : "uncatalog_object(" + object.oldPath + "), then reindexObject()");
    }

    /** True if the keeper stands in a folder that holds the object, at any depth, and the object is none of its own. */
    private static boolean isBelow(String path, String keeper) {
        int manager = keeper.indexOf("/++etc++site");
        int local = keeper.indexOf('#');
        String site = manager >= 0
                ? keeper.substring(0, manager)
                : local >= 0 ? keeper.substring(0, local) : keeper.substring(0, keeper.lastIndexOf('/'));
        boolean own = path.equals(keeper) || path.startsWith(keeper + '/') || path.startsWith(keeper + '#');
        return path.startsWith(site + '/') && !own;
    }
}
