package gitzodb.load;

import gitzodb.zodb.ClassName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
            Map.entry(new ClassName("z3c.relationfield.index", "RelationCatalog"), Kind.RELATIONS),
            Map.entry(new ClassName("Products.CMFEditions.ZVCStorageTool", "ZVCStorageTool"), Kind.VERSIONS));

    /** Catalogs that cannot find their objects by themselves. */
    private static final Set<ClassName> WITHOUT_REBUILD =
            Set.of(ZCATALOG, new ClassName("Products.CMFCore.CatalogTool", "CatalogTool"));

    private static final Set<String> WORKFLOWS = Set.of(
            "Products.DCWorkflow.DCWorkflow.DCWorkflowDefinition",
            "Products.DCWorkflow.States.StateDefinition",
            "Products.DCWorkflow.Transitions.TransitionDefinition");
    private static final ClassName EXTERNAL = new ClassName("Products.ExternalMethod.ExternalMethod", "ExternalMethod");
    private static final String REBUILD_RELATIONS = "Products.CMFPlone.relationhelper.rebuild_relations()";
    private static final String REBUILD_INT_IDS =
            "Products.CMFPlone.relationhelper.rebuild_relations(flush_and_rebuild_intids=True)";

    /** Names of the services of CMF and Plone sites; ids that begin with {@code portal_} are kept for them. */
    private static final Pattern TOOL = Pattern.compile("portal_.*|[@+].*|acl_users|MailHost|mimetypes_registry"
            + "|content_type_registry|caching_policy_manager|plone_utils|translation_service|reference_catalog"
            + "|uid_catalog|archetype_tool|error_log|cookie_authentication|RAMCache|HTTPCache|ResourceRegistryCache");

    private enum Kind {
        CATALOG,
        INT_IDS,
        RELATIONS,
        VERSIONS
    }

    private final SortedMap<String, ClassName> keepers;

    /** @param keepers catalogs and the like in the database, which are of {@link #keeperClasses}, by path */
    StaleNotes(Map<String, ClassName> keepers) {
        this.keepers = new TreeMap<>(keepers);
    }

    /** Returns what makes notes of a load into a database that had nothing. */
    static StaleNotes ofTree(TreeIndex index) throws IOException {
        Map<String, ClassName> keepers = new TreeMap<>();
        for (String path : index.ofClasses(keeperClasses())) {
            keepers.put(path, Objects.requireNonNull(index.classOf(path)));
        }
        return new StaleNotes(keepers);
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
        /** Returns what happened to the object in whose file it is: that one books are kept on. */
        Written owner() {
            int local = path.indexOf('#');
            return local < 0 ? this : new Written(LoadResult.Kind.CHANGED, path.substring(0, local), cls, null, false);
        }

        /** True if it is another object, or at another place, than what the database kept books on. */
        boolean isElsewhere() {
            return kind != LoadResult.Kind.CHANGED;
        }
    }

    List<LoadResult.StaleNote> of(Collection<Written> written) {
        List<LoadResult.StaleNote> notes = new ArrayList<>();
        SortedMap<String, Written> owners = new TreeMap<>();
        // A folded object comes behind the one that it is folded into.
        written.forEach(object -> owners.putIfAbsent(object.owner().path, object.owner()));
        written.stream()
                .filter(object -> object.path.indexOf('#') < 0)
                .forEach(object -> owners.put(object.path, object));
        keepers.forEach((path, cls) -> {
            List<Written> below = owners.values().stream()
                    .filter(object ->
                            isBelow(object.path, path) && (cls.equals(ZCATALOG) || !isTool(object.path, path)))
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

    /** Returns what objects are to be filled again that a load made without the content that the tree leaves out. */
    List<LoadResult.StaleNote> ofLeftOut(Collection<String> emptied) {
        SortedMap<String, LoadResult.StaleNote> notes = new TreeMap<>();
        for (String path : emptied) {
            String holder = keepers.keySet().stream()
                    .filter(keeper -> isOwn(path, keeper))
                    .findFirst()
                    .orElse(path);
            notes.put(
                    holder,
                    new LoadResult.StaleNote(
                            holder, "empty, as the tree leaves its content out", filling(keepers.get(holder))));
        }
        return List.copyOf(notes.values());
    }

    private static String filling(@Nullable ClassName keeper) {
        return switch (keeper == null ? null : KEEPERS.get(keeper)) {
            case null -> "what fills it in your application";
            case CATALOG ->
                WITHOUT_REBUILD.contains(keeper)
                        ? "manage_catalogClear(), then manage_catalogFoundItems() (tab Find Objects)"
                        : "clearFindAndRebuild()";
            case RELATIONS -> "z3c.relationfield.event.updateRelations(object, None) of each object";
            case VERSIONS -> "portal_repository.save(OBJECT) of each object";
            case INT_IDS -> "Products.CMFPlone.relationhelper.rebuild_intids(); relations to old ids are lost";
        };
    }

    private static void keeper(String path, ClassName cls, List<Written> below, List<LoadResult.StaleNote> notes) {
        switch (KEEPERS.getOrDefault(cls, Kind.CATALOG)) {
            case CATALOG ->
                notes.add(
                        below.size() == 1
                                ? entry(below.getFirst(), path)
                                : new LoadResult.StaleNote(path, entries(below), refresh(cls, below)));
            case VERSIONS ->
                notes.add(new LoadResult.StaleNote(
                        path,
                        "a new version of " + count(below) + ", if it keeps any",
                        "portal_repository.save(OBJECT)"));
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

    static String count(List<Written> below) {
        return below.size() == 1 ? below.getFirst().path : below.size() + " objects such as " + below.getFirst().path;
    }

    /** A ZCatalog refreshes what it knows; what is new to it has to be found. */
    private static String refresh(ClassName catalog, List<Written> below) {
        if (!WITHOUT_REBUILD.contains(catalog)) {
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
        return path.startsWith(site(keeper) + '/') && !isOwn(path, keeper);
    }

    /** True for a service of the site that a keeper is for, or part of one: nobody searches for these. */
    private static boolean isTool(String path, String keeper) {
        String rest = path.substring(site(keeper).length() + 1);
        int end = rest.indexOf('/');
        return TOOL.matcher(end < 0 ? rest : rest.substring(0, end)).matches();
    }

    private static String site(String keeper) {
        int manager = keeper.indexOf("/++etc++site");
        int local = keeper.indexOf('#');
        return manager >= 0
                ? keeper.substring(0, manager)
                : local >= 0 ? keeper.substring(0, local) : keeper.substring(0, keeper.lastIndexOf('/'));
    }

    private static boolean isOwn(String path, String keeper) {
        return path.equals(keeper) || path.startsWith(keeper + '/') || path.startsWith(keeper + '#');
    }
}
