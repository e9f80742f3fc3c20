package gitzodb.formats;

import gitzodb.classes.ClassFormat;
import gitzodb.zodb.ClassName;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Classes whose objects are folders. They differ only in where the children are. */
final class ContainerFormat implements ClassFormat {
    private final Set<ClassName> classes;
    private final @Nullable String collection;
    private final boolean satellite;
    private final boolean optional;
    private final int since;

    private ContainerFormat(@Nullable String collection, String... classes) {
        this(collection, false, false, ClassList.of(classes));
    }

    private ContainerFormat(@Nullable String collection, boolean satellite, boolean optional, Set<ClassName> classes) {
        this(1, collection, satellite, optional, classes);
    }

    private ContainerFormat(
            int since, @Nullable String collection, boolean satellite, boolean optional, Set<ClassName> classes) {
        this.since = since;
        this.classes = classes;
        this.collection = collection;
        this.satellite = satellite;
        this.optional = optional;
    }

    static ContainerFormat application() {
        return new ContainerFormat(null, "OFS.Application.Application");
    }

    /** Children are attributes listed in {@code _objects}. */
    static ContainerFormat folders() {
        return new ContainerFormat(
                null,
                "OFS.Folder.Folder",
                "OFS.Folder.OrderedFolder",
                "OFS.OrderedFolder.OrderedFolder",
                "Products.CMFCore.PortalFolder.PortalFolder",
                "Products.CMFCore.PortalFolder.PortalFolderBase",
                "Products.CMFCore.PortalObject.PortalObjectBase",
                "Products.CMFDefault.Portal.CMFSite",
                "Products.CMFPlone.PloneFolder.PloneFolder",
                "Products.CMFCore.SkinsTool.SkinsTool",
                "Products.CMFCore.ActionInformation.ActionCategory",
                "Products.CMFCore.ActionsTool.ActionsTool",
                "Products.CMFPlone.ActionsTool.ActionsTool",
                "Products.CMFCore.TypesTool.TypesTool",
                "Products.CMFPlone.TypesTool.TypesTool",
                "Products.CMFCore.WorkflowTool.WorkflowTool",
                "Products.CMFPlone.WorkflowTool.WorkflowTool",
                "Products.PluggableAuthService.PluggableAuthService.PluggableAuthService",
                "Products.PluggableAuthService.plugins.CookieAuthHelper.CookieAuthHelper",
                "Products.PlonePAS.pas.PluggableAuthService",
                "Products.PlonePAS.plugins.cookie_handler.ExtendedCookieAuthHelper");
    }

    /** Folders that version 1 of trees took for items: an item with children has them in a folder beside it. */
    static ContainerFormat foldersSince2() {
        return new ContainerFormat(
                2,
                null,
                false,
                false,
                ClassList.of(
                        "Products.SimpleUserFolder.SimpleUserFolder.SimpleUserFolder",
                        "Products.PluggableAuthService.plugins.DelegatingMultiPlugin.DelegatingMultiPlugin",
                        "Products.PluggableAuthService.plugins.DynamicGroupsPlugin.DynamicGroupsPlugin",
                        "Products.PluggableAuthService.plugins.ScriptablePlugin.ScriptablePlugin",
                        "Products.TemporaryFolder.TemporaryFolder.SimpleTemporaryContainer"));
    }

    static ContainerFormat btreeFolders() {
        return new ContainerFormat(
                "_tree",
                "Products.BTreeFolder2.BTreeFolder2.BTreeFolder2",
                "Products.BTreeFolder2.CMFBTreeFolder.CMFBTreeFolder",
                "Products.CMFCore.CMFBTreeFolder.CMFBTreeFolder",
                "plone.folder.ordered.OrderedBTreeFolderBase",
                "plone.dexterity.content.Container",
                "plone.app.contenttypes.content.Folder",
                "plone.volto.content.FolderishDocument",
                "plone.volto.content.FolderishEvent",
                "plone.volto.content.FolderishNewsItem",
                "plone.app.folder.folder.ATFolder",
                "Products.ATContentTypes.content.folder.ATFolder",
                "Products.ATContentTypes.content.folder.ATBTreeFolder",
                "Products.CMFPlone.LargePloneFolder.LargePloneFolder");
    }

    /** Folders of Pyramid applications: children in a BTree; their order, if there is one, is an attribute. */
    static ContainerFormat pyramidFolders() {
        return new ContainerFormat(
                2,
                "data",
                false,
                false,
                ClassList.of(
                        "repoze.folder.Folder",
                        "substanced.folder.Folder",
                        "substanced.folder.RandomAutoNamingFolder",
                        "substanced.folder.SequentialAutoNamingFolder"));
    }

    /** Children are in {@code _tree} since Plone 6, before that listed in {@code _objects}. */
    static ContainerFormat ploneSites() {
        return new ContainerFormat("_tree", false, true, ClassList.of("Products.CMFPlone.Portal.PloneSite"));
    }

    /** A workflow is one file, but for its scripts: they have a source. */
    static ContainerFormat workflowTabs() {
        return new ContainerFormat(
                "_mapping",
                true,
                false,
                ClassList.of(
                        "Products.DCWorkflow.States.States",
                        "Products.DCWorkflow.Transitions.Transitions",
                        "Products.DCWorkflow.Variables.Variables",
                        "Products.DCWorkflow.Worklists.Worklists",
                        "Products.DCWorkflow.Scripts.Scripts"));
    }

    static ContainerFormat workflows() {
        return new ContainerFormat(null, "Products.DCWorkflow.DCWorkflow.DCWorkflowDefinition");
    }

    static ContainerFormat sampleContainers() {
        return new ContainerFormat(
                "_SampleContainer__data",
                "zope.container.sample.SampleContainer",
                "zope.container.btree.BTreeContainer",
                "zope.container.ordered.OrderedContainer",
                "zope.app.container.sample.SampleContainer",
                "zope.app.container.btree.BTreeContainer",
                "zope.site.folder.Folder",
                "zope.folder.Folder",
                "zope.app.folder.folder.Folder");
    }

    static ContainerFormat userFolders() {
        return new ContainerFormat(
                "data",
                "OFS.userfolder.UserFolder",
                "AccessControl.userfolder.UserFolder",
                "AccessControl.User.UserFolder");
    }

    /** Persistent mappings: the children are what is under a text key. */
    static ContainerFormat mappings() {
        return new ContainerFormat(
                "data",
                "persistent.mapping.PersistentMapping",
                "persistent.dict.PersistentDict",
                "Persistence.mapping.PersistentMapping",
                "ZODB.PersistentMapping.PersistentMapping",
                "Persistence.PersistentMapping.PersistentMapping");
    }

    @Override
    public Set<ClassName> classes() {
        return classes;
    }

    @Override
    public int since() {
        return since;
    }

    @Override
    public boolean isFolder() {
        return true;
    }

    @Override
    public boolean isSatellite() {
        return satellite;
    }

    @Override
    public boolean isCollectionOptional() {
        return optional;
    }

    @Override
    public Optional<String> collection() {
        return Optional.ofNullable(collection);
    }
}
