package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources keep their bytes through git, whatever it is told to do with line ends. */
class SourceBytesIT {
    private static final Map<String, String> SOURCES = new TreeMap<>(Map.of(
            "crlf", "one\r\ntwo\r\n",
            "cr", "one\rtwo\r",
            "mixed", "one\r\ntwo\nthree\rfour\n\r",
            "open", "one\ntwo",
            "open_crlf", "one\r\ntwo",
            "blank", "\r\n",
            "bom", "\ufeffone\r\n",
            "signs", "Gr\u00fc\u00dfe \u2028 \u0085 \f\n"));

    @TempDir
    private Path temp;

    private Checkout checkout;
    private Site site;

    @BeforeEach
    void bind() throws IOException {
        checkout = Workbench.in(temp).bound("small");
        site = checkout.site();
        checkout.git("config", "core.autocrlf", "true");
        checkout.git("config", "core.eol", "crlf");
        StringBuilder code = new StringBuilder("from OFS.DTMLMethod import DTMLMethod\n");
        SOURCES.forEach((name, text) -> code.append(
                        "app._setObject('%s', DTMLMethod('', __name__='%s'))\n".formatted(name, name))
                .append("app.%s.raw = bytes.fromhex('%s').decode()\n".formatted(name, hex(text))));
        site.zope("sources", code.toString());
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private String raw(String name) throws IOException {
        return site.look("app.%s.raw.encode().hex()".formatted(name));
    }

    @Test
    void filesAndDatabaseHoldTheSameBytesBothWays() throws IOException {
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
        Path clone = temp.resolve("clone");
        checkout.git("-c", "core.autocrlf=true", "-c", "core.eol=crlf", "clone", "--quiet", ".", clone.toString());
        for (Map.Entry<String, String> source : SOURCES.entrySet()) {
            String file = "Application/" + source.getKey() + ".dtml";
            assertThat(checkout.read(file)).as(file).isEqualTo(source.getValue());
            assertThat(Files.readString(clone.resolve("zodb").resolve(file)))
                    .as(file)
                    .isEqualTo(source.getValue());
        }
        assertThat(Files.readString(clone.resolve("zodb/Application/crlf.zodb.xml")))
                .doesNotContain("\r");
        assertThat(checkout.git("check-attr", "linguist-language", "zodb/Application/crlf.dtml"))
                .endsWith("HTML");

        for (String name : SOURCES.keySet()) {
            checkout.write("Application/" + name + ".dtml", SOURCES.get(name) + "end\r\nof it");
        }
        checkout.commit("Edit all");
        checkout.zodb("push");
        checkout.mustBeInStep();
        for (String name : SOURCES.keySet()) {
            assertThat(raw(name)).as(name).isEqualTo(hex(SOURCES.get(name) + "end\r\nof it"));
        }
        checkout.zodb("pull");
        checkout.mustBeInStep();
        checkout.mustEqualDump();
    }
}
