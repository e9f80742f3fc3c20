package gitzodb.load;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.zodb.ClassName;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderNotesTest {
    private static final String ORDER = "/Application/site/news#@__annotations__/plone.folder.ordered.order";

    private static StaleNotes.Written written(LoadResult.Kind kind, String path) {
        return new StaleNotes.Written(kind, path, ClassName.parse("m.Page"), null, false);
    }

    private static List<String> folders(StaleNotes.Written... written) {
        return OrderNotes.of(List.of(written), ORDER::equals).stream()
                .map(LoadResult.StaleNote::path)
                .toList();
    }

    @Test
    void namesAFolderWhoseOrderStayedAsItWas() {
        assertThat(folders(
                        written(LoadResult.Kind.NEW, "/Application/site/news/a"),
                        written(LoadResult.Kind.GONE, "/Application/site/news/b")))
                .containsExactly("/Application/site/news");
        assertThat(folders(new StaleNotes.Written(
                        LoadResult.Kind.MOVED,
                        "/Application/site/c",
                        ClassName.parse("m.Page"),
                        "/Application/site/news/c",
                        false)))
                .containsExactly("/Application/site/news");
    }

    @Test
    void namesNoFolderWhoseOrderCameWithTheChildOrThatHasNone() {
        assertThat(folders(
                        written(LoadResult.Kind.NEW, "/Application/site/news/a"),
                        written(LoadResult.Kind.CHANGED, ORDER)))
                .isEmpty();
        assertThat(folders(written(LoadResult.Kind.NEW, "/Application/site/other/a")))
                .isEmpty();
        assertThat(folders(written(LoadResult.Kind.CHANGED, "/Application/site/news/a")))
                .isEmpty();
    }
}
