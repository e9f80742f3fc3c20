package gitzodb.formats;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileFormatTest implements ClassFormatContract {
    private static final String PNG = "89504e470d0a1a0a0000000d4948445200000046000000320802000000";
    private static final String JPEG = "ffd8ffe000104a46494600010100000100010000ffc0001108003200460301";
    private static final String GIF = "47494638396146003200";
    private final ClassFormat format = FileFormat.image();

    @Override
    public ClassFormat format() {
        return format;
    }

    @Override
    public List<ObjectState> samples() {
        return List.of(
                image("image/png"),
                image("image/svg+xml"),
                pdata(),
                States.python2(
                        "OFS.Image.Image",
                        "__name__",
                        "logo",
                        "data",
                        "x",
                        "size",
                        new Value.Int(1),
                        "content_type",
                        "image/gif"));
    }

    private static ObjectState image(String type) {
        return States.python3(
                "OFS.Image.Image",
                "__name__",
                "logo",
                "content_type",
                type,
                "data",
                States.bytes("old"),
                "size",
                new Value.Int(3),
                "_EtagSupport__etag",
                "ts1",
                "width",
                new Value.Int(7),
                "height",
                new Value.Int(5));
    }

    private static ObjectState pdata() {
        Value id =
                PyTuple.of(new Value.Binary(new gitzodb.zodb.Oid(9).bytes()), new Value.Global("OFS.Image", "Pdata"));
        return Attributes.with(image("image/jpeg"), "data", new Value.PersistentId(id));
    }

    @Test
    void theTreeHoldsNothingThatFollowsFromTheContent() {
        assertThat(States.names(format.toTree(image("image/png"), FormatSettings.DEFAULT)))
                .containsExactly("__name__", "content_type", "data");
        assertThat(States.names(format.toTree(image("image/svg+xml"), FormatSettings.DEFAULT)))
                .contains("width", "height");
    }

    @Test
    void newContentIsMeasured() throws Exception {
        for (Map.Entry<String, String> kind :
                Map.of(PNG, "image/png", JPEG, "image/jpeg", GIF, "image/gif").entrySet()) {
            Bytes content = Bytes.parseHex(kind.getKey());
            for (FormatSettings settings : List.of(FormatSettings.DEFAULT, FormatSettings.EXACT)) {
                ObjectState stored = image(kind.getValue());
                ObjectState tree = Attributes.with(format.toTree(stored, settings), "data", new Value.Binary(content));
                ObjectState back = format.toDatabase(tree, stored, settings, States.content(true, content));
                assertThat(back.attribute("size")).isEqualTo(new Value.Int(content.length()));
                assertThat(back.attribute("width")).isEqualTo(new Value.Int(70));
                assertThat(back.attribute("height")).isEqualTo(new Value.Int(50));
                assertThat(back.attribute("_EtagSupport__etag")).isNull();
            }
        }
    }

    @Test
    void sizesOfAPictureThatCannotBeReadAreDroppedWithTheOldPicture() throws Exception {
        ObjectState stored = image("image/svg+xml");
        ObjectState tree = format.toTree(stored, FormatSettings.DEFAULT);
        ObjectState back =
                format.toDatabase(tree, stored, FormatSettings.DEFAULT, States.content(true, Bytes.utf8("<svg/>")));
        assertThat(States.names(back)).doesNotContain("width", "height").contains("size");
    }

    @Test
    void aNewImageGetsATypeFromItsContent() throws Exception {
        Bytes content = Bytes.parseHex(PNG);
        ObjectState tree = States.python3("OFS.Image.Image", "data", new Value.Binary(content));
        ObjectState made = format.toDatabase(tree, null, FormatSettings.DEFAULT, States.content(true, content));
        assertThat(made.attribute("content_type")).isEqualTo(new Value.Text("image/png"));
        assertThat(format.sources(made).getFirst().extension()).isEqualTo(".png");
    }

    @Test
    void aTruncatedOrHostileHeaderHasNoSize() {
        for (String hex : List.of(PNG, JPEG, GIF, "ffd8ffe0ffff", "ffd8ffffffff", "ffd8ff000000ff000000ff000000")) {
            Bytes whole = Bytes.parseHex(hex);
            for (int length = 0; length < whole.length(); length++) {
                ImageSize.read(whole.slice(0, length))
                        .ifPresent(size -> assertThat(size.width()).isEqualTo(70));
            }
        }
        assertThat(ImageSize.read(Bytes.utf8("<svg/>"))).isEmpty();
    }

    @Test
    void dataThatIsTextIsNoSource() {
        ObjectState odd = Attributes.with(image("image/png"), "data", new Value.Text("x"));
        assertThat(format.sources(odd)).isEmpty();
        assertThat(format.toTree(odd, FormatSettings.DEFAULT)).isSameAs(odd);
    }
}
