package gitzodb.tree;

import gitzodb.zodb.ClassName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a load leaves stale because only Zope's own code can refresh it (zope-classes §0, §5): searches, permissions after
 * a workflow change, modules on disk.
 */
final class StaleNotes {
    /** The classes of catalogs. */
    static final List<ClassName> CATALOGS = List.of(
            new ClassName("Products.ZCatalog.ZCatalog", "ZCatalog"),
            new ClassName("Products.CMFCore.CatalogTool", "CatalogTool"),
            new ClassName("Products.CMFPlone.CatalogTool", "CatalogTool"),
            new ClassName("Products.CMFPlone.UIDCatalog", "UIDCatalog"),
            new ClassName("Products.CMFPlone.ReferenceCatalog", "ReferenceCatalog"));

    private static final Set<String> WORKFLOWS = Set.of(
            "Products.DCWorkflow.DCWorkflow.DCWorkflowDefinition",
            "Products.DCWorkflow.States.StateDefinition",
            "Products.DCWorkflow.Transitions.TransitionDefinition");
    private static final ClassName EXTERNAL = new ClassName("Products.ExternalMethod.ExternalMethod", "ExternalMethod");

    private final Collection<String> catalogs;

    /** @param catalogs the paths of the catalogs in the database, of the classes {@link #CATALOGS} */
    StaleNotes(Collection<String> catalogs) {
        this.catalogs = List.copyOf(new TreeSet<>(catalogs));
    }

    /**
     * An object that was written.
     *
     * @param cls its class; null if it is gone
     * @param oldPath where it was, if it was elsewhere
     * @param workflow true if its workflow history changed
     */
    record Written(
            String path, @Nullable ClassName cls, @Nullable String oldPath, boolean workflow) {}

    List<LoadResult.StaleNote> of(Collection<Written> written) {
        List<LoadResult.StaleNote> notes = new ArrayList<>();
        for (Written object : written) {
            for (String catalog : catalogs) {
                if (isBelow(object.path, catalog)) {
                    notes.add(catalogNote(object, catalog));
                }
            }
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

    private static LoadResult.StaleNote catalogNote(Written object, String catalog) {
        if (object.cls == null) {
            return new LoadResult.StaleNote(
                    object.path, "its entry in " + catalog, "uncatalog_object(" + object.path + ")");
        }
        if (object.oldPath != null) {
            return new LoadResult.StaleNote(
                    object.path,
                    "its entry in " + catalog,
                    "uncatalog_object(" + object.oldPath + "), then reindexObject()");
        }
        return new LoadResult.StaleNote(object.path, "its entry in " + catalog, "reindexObject()");
    }

    /** True if the catalog stands in a folder that holds the object, at any depth, and is not the object's own. */
    private static boolean isBelow(String path, String catalog) {
        String folder = catalog.substring(0, catalog.lastIndexOf('/') + 1);
        boolean own = path.equals(catalog) || path.startsWith(catalog + '/') || path.startsWith(catalog + '#');
        return path.startsWith(folder) && !own;
    }
}
