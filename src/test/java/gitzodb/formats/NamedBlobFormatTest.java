package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedBlobFormatTest implements ClassFormatContract {
    private static final String CLASS = "plone.namedfile.file.NamedBlobImage";

    @Override
    public ClassFormat format() {
        return new NamedBlobFormat();
    }

    @Override
    public List<ObjectState> samples() {
        return List.of(
                image("shelf.JPG", "image/jpeg"),
                States.python3(CLASS, "contentType", new Value.Text("text/plain"), "_modified", new Value.Int(5)));
    }

    private static ObjectState image(String filename, String type) {
        return States.python3(
                CLASS,
                "_modified",
                new Value.Int(1_614_590_377_500L),
                "contentType",
                new Value.Text(type),
                "filename",
                new Value.Text(filename),
                "size",
                new Value.Int(77));
    }

    @ParameterizedTest
    @CsvSource({
        "shelf.JPG, image/png, .jpg",
        "shelf, image/png, .png",
        "a.b/c, application/pdf, .pdf",
        "x., text/csv, .csv",
        "x.verylongname, text/plain, .txt",
        ".hidden, '', .hidden",
        "x, application/x-odd, ''"
    })
    void theFileIsNamedByWhatItIs(String filename, String type, String extension) {
        assertThat(format().blobExtension(image(filename, type))).contains(extension);
    }

    @Test
    void lengthAndTimeAreNotShown() {
        ObjectState tree = format().toTree(image("x", ""), FormatSettings.DEFAULT);
        assertThat(tree.attribute("size")).isNull();
        assertThat(tree.attribute("_modified")).isNull();
    }

    @Test
    void anotherContentIsLaterAndCountedAnew() {
        ObjectState renewed = format().renewed(image("x", "")).orElseThrow();
        assertThat(renewed.attribute("size")).isNull();
        assertThat(renewed.attribute("_modified")).isNull();
    }
}
