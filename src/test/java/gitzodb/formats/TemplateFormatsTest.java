package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import org.junit.jupiter.api.Test;

class TemplateFormatsTest {
    private final ClassFormat pages = new PageTemplateFormat(1);
    private final ClassFormat dtml = new DtmlFormat(1);

    @Test
    void theTypeOfAPageDecidesItsExtension() {
        ObjectState page = States.python3("Products.PageTemplates.ZopePageTemplate.ZopePageTemplate", "_text", "<p/>");
        assertThat(pages.sources(page).getFirst().extension()).isEqualTo(".pt");
        ObjectState xml = Attributes.with(page, "content_type", new Value.Text("text/xml"));
        assertThat(pages.sources(xml).getFirst().extension()).isEqualTo(".xpt");
    }

    @Test
    void aPageWrittenByHandGetsWhatZopeGivesOne() throws Exception {
        ObjectState page = States.python3("Products.PageTemplates.ZopePageTemplate.ZopePageTemplate", "_text", "<p/>");
        ObjectState made = pages.toDatabase(page, null, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(States.names(made)).containsExactly("_text", "content_type", "expand", "_bind_names");
    }

    @Test
    void aPageThatZopeMadeIsLeftAlone() throws Exception {
        ObjectState page = States.python3(
                "Products.PageTemplates.ZopePageTemplate.ZopePageTemplate",
                "_text",
                "<p/>",
                "content_type",
                "text/html");
        assertThat(pages.toDatabase(page, null, FormatSettings.DEFAULT, States.UNCHANGED))
                .isSameAs(page);
    }

    @Test
    void aNewDtmlMethodGetsWhatItCannotBeWithout() throws Exception {
        ObjectState three = States.python3("OFS.DTMLMethod.DTMLMethod", "__name__", "m", "raw", "x");
        assertThat(States.names(dtml.toDatabase(three, null, FormatSettings.DEFAULT, States.UNCHANGED)))
                .containsExactly("__name__", "raw", "globals", "_vars", "encoding");
        ObjectState two = States.python2("OFS.DTMLMethod.DTMLMethod", "__name__", "m", "raw", "x");
        ObjectState made = dtml.toDatabase(two, null, FormatSettings.DEFAULT, States.UNCHANGED);
        assertThat(States.names(made)).containsExactly("__name__", "raw", "globals", "_vars");
        assertThat(Attributes.isPython2(made)).isTrue();
    }

    @Test
    void anExternalMethodWithoutItsModuleIsOrdinaryData() throws Exception {
        ClassFormat format = new ExternalMethodFormat();
        ObjectState gone = States.python3(
                "Products.ExternalMethod.ExternalMethod.ExternalMethod",
                "id",
                "m",
                "_module",
                "gone",
                "_function",
                "f");
        assertThat(format.toTree(gone, FormatSettings.DEFAULT)).isSameAs(gone);
        ObjectState edited = Attributes.with(gone, "_function", new Value.Text("g"));
        assertThat(format.toDatabase(edited, gone, FormatSettings.DEFAULT, States.UNCHANGED))
                .isSameAs(edited);
    }
}
