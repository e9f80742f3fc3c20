package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.zodb.ClassName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StaleNotesTest {
    private final StaleNotes notes = new StaleNotes(Map.of(
            "/Application/site/portal_catalog",
            ClassName.parse("Products.CMFPlone.CatalogTool.CatalogTool"),
            "/Application/old/Catalog",
            ClassName.parse("Products.ZCatalog.ZCatalog.ZCatalog"),
            "/Application/dx#_components/intids",
            ClassName.parse("five.intid.intid.OFSIntIds"),
            "/Application/dx/++etc++site/relations",
            ClassName.parse("zc.relation.catalog.Catalog")));
    private final ClassName page = ClassName.parse("m.Page");

    private List<String> calls(StaleNotes.Written written) {
        return notes.of(List.of(written)).stream()
                .map(LoadResult.StaleNote::call)
                .toList();
    }

    @Test
    void namesTheCatalogAboveAnObject() {
        assertThat(calls(new StaleNotes.Written(LoadResult.Kind.CHANGED, "/Application/site/a/b", page, null, false)))
                .containsExactly("reindexObject()");
        assertThat(calls(new StaleNotes.Written(LoadResult.Kind.CHANGED, "/Application/other", page, null, false)))
                .isEmpty();
        assertThat(calls(new StaleNotes.Written(
                        LoadResult.Kind.CHANGED, "/Application/site/portal_catalog#x", page, null, false)))
                .isEmpty();
    }

    @Test
    void namesNoCatalogForTheServicesOfASite() {
        for (String path : List.of("portal_registry", "portal_registry#_records._values", "portal_skins/custom/page")) {
            assertThat(calls(written(LoadResult.Kind.CHANGED, "/Application/site/" + path)))
                    .as(path)
                    .isEmpty();
        }
        assertThat(calls(written(LoadResult.Kind.NEW, "/Application/dx/portal_types/x")))
                .isEmpty();
        assertThat(calls(written(LoadResult.Kind.CHANGED, "/Application/old/portal_registry")))
                .containsExactly("reindexObject()");
    }

    @Test
    void namesTheObjectThatWhatChangedIsFoldedInto() {
        assertThat(notes.of(List.of(
                        written(LoadResult.Kind.CHANGED, "/Application/site/a"),
                        written(LoadResult.Kind.NEW, "/Application/site/a#body"))))
                .containsExactly(new LoadResult.StaleNote(
                        "/Application/site/a", "its entry in /Application/site/portal_catalog", "reindexObject()"));
        assertThat(notes.of(List.of(written(LoadResult.Kind.NEW, "/Application/site/a#body"))))
                .extracting(LoadResult.StaleNote::path)
                .containsExactly("/Application/site/a");
    }

    @Test
    void saysHowToFillWhatIsLeftOut() {
        assertThat(notes.ofLeftOut(List.of(
                        "/Application/site/portal_catalog#_catalog",
                        "/Application/site/portal_catalog/lexicon",
                        "/Application/old/Catalog/_catalog/indexes/a",
                        "/Application/stock")))
                .containsExactly(
                        new LoadResult.StaleNote(
                                "/Application/old/Catalog",
                                "empty, as the tree leaves its content out",
                                "manage_catalogClear(), then manage_catalogFoundItems() (tab Find Objects)"),
                        new LoadResult.StaleNote(
                                "/Application/site/portal_catalog",
                                "empty, as the tree leaves its content out",
                                "clearFindAndRebuild()"),
                        new LoadResult.StaleNote(
                                "/Application/stock",
                                "empty, as the tree leaves its content out",
                                "what fills it in your application"));
    }

    @Test
    void namesTheOldPathOfAMovedObject() {
        assertThat(calls(new StaleNotes.Written(
                        LoadResult.Kind.MOVED, "/Application/site/b", page, "/Application/site/a", false)))
                .containsExactly("uncatalog_object(/Application/site/a), then reindexObject()");
        assertThat(calls(new StaleNotes.Written(LoadResult.Kind.GONE, "/Application/site/b", null, null, false)))
                .containsExactly("uncatalog_object(/Application/site/b)");
    }

    @Test
    void namesPermissionsAfterAWorkflowChange() {
        assertThat(calls(new StaleNotes.Written(LoadResult.Kind.CHANGED, "/Application/x", page, null, true)))
                .containsExactly("portal_workflow.updateRoleMappings()");
    }

    private StaleNotes.Written written(LoadResult.Kind kind, String path) {
        return new StaleNotes.Written(kind, path, page, null, false);
    }

    @Test
    void isOneLineACatalogHoweverManyObjectsThereAre() {
        assertThat(notes.of(List.of(
                        written(LoadResult.Kind.CHANGED, "/Application/site/a"),
                        written(LoadResult.Kind.NEW, "/Application/site/b"))))
                .containsExactly(new LoadResult.StaleNote(
                        "/Application/site/portal_catalog",
                        "its entries of 2 objects such as /Application/site/a",
                        "clearFindAndRebuild()"));
        assertThat(notes.of(List.of(
                        written(LoadResult.Kind.CHANGED, "/Application/old/a"),
                        written(LoadResult.Kind.CHANGED, "/Application/old/b"))))
                .extracting(LoadResult.StaleNote::call)
                .containsExactly("manage_catalogReindex()");
    }

    @Test
    void namesTheVersionsOfASite() {
        StaleNotes ofVersions = new StaleNotes(Map.of(
                "/Application/site/portal_historiesstorage",
                ClassName.parse("Products.CMFEditions.ZVCStorageTool.ZVCStorageTool")));
        assertThat(ofVersions.of(List.of(written(LoadResult.Kind.CHANGED, "/Application/site/a"))))
                .extracting(LoadResult.StaleNote::call)
                .containsExactly("portal_repository.save(OBJECT)");
        assertThat(ofVersions.of(List.of(written(LoadResult.Kind.CHANGED, "/Application/site/portal_skins"))))
                .isEmpty();
    }

    @Test
    void namesIntIdsOfNewObjectsAndRelationsOfAll() {
        assertThat(notes.of(List.of(written(LoadResult.Kind.CHANGED, "/Application/dx/a"))))
                .extracting(LoadResult.StaleNote::path)
                .containsExactly("/Application/dx/++etc++site/relations");
        assertThat(notes.of(List.of(written(LoadResult.Kind.NEW, "/Application/dx/a"))))
                .extracting(LoadResult.StaleNote::path)
                .containsExactly("/Application/dx#_components/intids", "/Application/dx/++etc++site/relations");
        assertThat(notes.ofNewDatabase())
                .extracting(LoadResult.StaleNote::path)
                .containsExactly("/Application/dx#_components/intids");
    }
}
