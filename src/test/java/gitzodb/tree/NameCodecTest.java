package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCodecTest {
    private static final String[] PIECES = {
        "a",
        "A",
        "B",
        "z",
        "\u00e9",
        "e\u0301",
        "\u00df",
        "ss",
        "\u0130",
        "\u0131",
        "i",
        "I",
        "\u03c2",
        "\u03c3",
        "\u03a3",
        ".",
        " ",
        "-",
        "~",
        "1",
        "%",
        "#",
        "@",
        "=",
        "/",
        "\\",
        ":",
        "\0",
        "\n",
        "\u200c",
        "\u202e",
        "\ud83d\ude00",
        "\ud800",
        "con",
        "nul",
        ".git",
        "__self__",
        ".zodb.xml",
        ".py",
        "\u212a",
        "\ufb01",
        "\u1e9e",
        "\u01c5",
        "\u0345",
        "\u2126"
    };

    @ParameterizedTest
    @CsvSource({
        "index_html, index_html",
        "Folder.py, Folder.py",
        ".git, %2Egit",
        "git~1, git%7E1",
        "con, %63on",
        "NUL.txt, %4EUL.txt",
        "COM\u00b9, %43OM\u00b9",
        "a., a%2E",
        "a:b, a%3Ab",
        "100%, 100%25",
        "@x, %40x",
        "-rf, %2Drf",
        "__self__, %5F_self__",
        "__SELF__.x, %5F_SELF__.x",
        "x.zodb.xml, x%2Ezodb.xml",
        "caf\u00e9, caf\u00e9",
        "cafe\u0301, cafe%CC%81",
        "g\u200cit, g%E2%80%8Cit"
    })
    void escapesWhatIsNotSafeEverywhere(String id, String name) {
        assertThat(NameCodec.name(id)).isEqualTo(name);
        assertThat(NameCodec.id(name)).contains(id);
    }

    @Test
    void namesTheEmptyId() {
        assertThat(NameCodec.name("")).isEqualTo("%");
        assertThat(NameCodec.id("%")).contains("");
    }

    @Test
    void readsBackEveryIdAndKeepsSiblingsApartWithoutCase() {
        for (long seed = 0; seed < 3000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            TreeSet<String> ids = new TreeSet<>();
            for (int i = 0; i < 12; i++) {
                StringBuilder id = new StringBuilder();
                for (int j = random.nextInt(4); j >= 0; j--) {
                    id.append(PIECES[random.nextInt(PIECES.length)]);
                }
                ids.add(id.toString());
            }
            Map<String, Integer> folds = new HashMap<>();
            ids.forEach(id -> folds.merge(NameCodec.fold(id), 1, Integer::sum));
            List<String> seen = new ArrayList<>();
            for (String id : ids) {
                String name = NameCodec.name(id, folds.getOrDefault(NameCodec.fold(id), 0) > 1);
                assertThat(NameCodec.id(name))
                        .as("seed %d, name %s", seed, name)
                        .contains(id);
                assertThat(name).as("seed %d", seed).doesNotContain("/", "\\", "\0", "\n", "#", ":");
                assertThat(Normalizer.isNormalized(name, Normalizer.Form.NFC))
                        .as("seed %d: %s", seed, name)
                        .isTrue();
                seen.add(Normalizer.normalize(name.toUpperCase(Locale.ROOT), Normalizer.Form.NFC));
            }
            assertThat(seen).as("seed %d: %s", seed, ids).doesNotHaveDuplicates();
        }
    }

    @Test
    void shortensLongNamesWithAHash() {
        String name = NameCodec.name("\u00e9".repeat(200));
        assertThat(Bytes.utf8(name).length()).isLessThanOrEqualTo(NameCodec.MAX_BYTES);
        assertThat(NameCodec.id(name)).isEmpty();
        assertThat(name).isNotEqualTo(NameCodec.name("\u00e9".repeat(201)));
        assertThat(NameCodec.name("x".repeat(160))).isEqualTo("x".repeat(160));
        assertThat(NameCodec.name("\ud800".repeat(60))).isNotEqualTo(NameCodec.name("\ud801".repeat(60)));
    }

    @Test
    void refusesNamesThatNoIdHas() {
        for (String name : List.of("%61", "a%2", "a%zz", "%C3", "a#", "%~12", "%ED", ".x", "a%2e")) {
            assertThatThrownBy(() -> NameCodec.id(name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void escapesTwinsThatDifferFromTheirCaseFold() {
        assertThat(NameCodec.name("foo", true)).isEqualTo("foo");
        assertThat(NameCodec.name("Foo", true)).isEqualTo("%46oo");
        assertThat(NameCodec.fold("STRASSE")).isEqualTo(NameCodec.fold("stra\u00dfe"));
    }
}
