package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.zodb.ClassName;
import java.util.List;
import org.junit.jupiter.api.Test;

class StaleNotesTest {
    private final StaleNotes notes = new StaleNotes(List.of("/Application/site/portal_catalog"));
    private final ClassName page = ClassName.parse("m.Page");

    private List<String> calls(StaleNotes.Written written) {
        return notes.of(List.of(written)).stream()
                .map(LoadResult.StaleNote::call)
                .toList();
    }

    @Test
    void namesTheCatalogAboveAnObject() {
        assertThat(calls(new StaleNotes.Written("/Application/site/a/b", page, null, false)))
                .containsExactly("reindexObject()");
        assertThat(calls(new StaleNotes.Written("/Application/other", page, null, false)))
                .isEmpty();
        assertThat(calls(new StaleNotes.Written("/Application/site/portal_catalog#x", page, null, false)))
                .isEmpty();
    }

    @Test
    void namesTheOldPathOfAMovedObject() {
        assertThat(calls(new StaleNotes.Written("/Application/site/b", page, "/Application/site/a", false)))
                .containsExactly("uncatalog_object(/Application/site/a), then reindexObject()");
        assertThat(calls(new StaleNotes.Written("/Application/site/b", null, null, false)))
                .containsExactly("uncatalog_object(/Application/site/b)");
    }

    @Test
    void namesPermissionsAfterAWorkflowChange() {
        assertThat(calls(new StaleNotes.Written("/Application/x", page, null, true)))
                .containsExactly("portal_workflow.updateRoleMappings()");
    }
}
