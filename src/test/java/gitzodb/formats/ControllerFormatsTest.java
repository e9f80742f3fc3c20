package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.SourceAttribute;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Skin objects, types and texts of Plone that have a natural file since version 2 of trees. */
class ControllerFormatsTest {
    @ParameterizedTest
    @CsvSource({
        "Products.CMFFormController.ControllerPythonScript.ControllerPythonScript, _body, .cpy",
        "Products.CMFFormController.ControllerValidator.ControllerValidator, _body, .vpy",
        "Products.CMFFormController.ControllerPageTemplate.ControllerPageTemplate, _text, .cpt",
        "plone.dexterity.fti.DexterityFTI, model_source, .xml",
        "plone.app.textfield.value.RawValueHolder, value, .html"
    })
    void theSourceIsAFileOfItsKind(String cls, String attribute, String extension) {
        ObjectState state = States.python3(cls, attribute, new Value.Text("text"));
        ClassFormat format = BuiltinFormats.formats().of(ClassName.parse(cls));
        assertThat(format.sources(state))
                .extracting(SourceAttribute::name, SourceAttribute::extension)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(attribute, extension));
        assertThat(format.sources(States.python3(cls, attribute, new Value.Int(1))))
                .isEmpty();
        assertThat(BuiltinFormats.formats().in(1).of(ClassName.parse(cls))).isSameAs(ClassFormats.GENERIC);
    }

    @ParameterizedTest
    @CsvSource({"Products.CMFFormController.ControllerPythonScript.ControllerPythonScript"})
    void anEditedControllerIsCompiledAnew(String cls) throws Exception {
        ClassFormat format = BuiltinFormats.formats().of(ClassName.parse(cls));
        ObjectState stored = States.python3(cls, "_body", new Value.Text("old"), "_code", States.bytes("x"));
        ObjectState tree = States.python3(cls, "_body", new Value.Text("new"));
        assertThat(format.toDatabase(
                                tree,
                                stored,
                                gitzodb.classes.FormatSettings.DEFAULT,
                                States.content(true, gitzodb.bytes.Bytes.utf8("new")))
                        .attribute("_code"))
                .isNull();
        assertThat(List.of(format.idAttribute())).containsExactly("id");
    }
}
