package gitzodb.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import gitzodb.oracle.Oracle;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** A database as Zope sees and edits it. Edits fail the test unless they succeed. */
record Site(Path folder) {
    private static final JsonMapper JSON = new JsonMapper();

    Path dataFs() {
        return folder.resolve("Data.fs");
    }

    Path blobs() {
        return folder.resolve("blobs");
    }

    /** One edit by Zope's own methods; words of {@code live_edit.py}. */
    void edit(String... words) throws IOException {
        List<String> job = new ArrayList<>(List.of("edit", "--fs", dataFs().toString(), "--wait", "10"));
        job.addAll(List.of(words));
        ZopeProcess.run(job).ok();
    }

    /** One transaction of user ida made of Python code: {@code at(path)}, {@code app}, {@code root}, {@code db}. */
    void zope(String note, String code) throws IOException {
        ZopeProcess.run(List.of("do", dataFs().toString(), "/acl_users ida", note, code))
                .ok();
    }

    /** One transaction of user ida made of a Python file beside the tests. */
    void zopeScript(String resource) throws IOException {
        zope(resource, script(resource));
    }

    /** The text of a Python file beside the tests. */
    static String script(String resource) throws IOException {
        try (InputStream stream = Site.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(stream, resource).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The text of a Python expression about {@code at(path)}, {@code app}, {@code root}, {@code db}; writes nothing. */
    String look(String expression) throws IOException {
        return ZopeProcess.run(List.of("do", dataFs().toString(), "", "", "print(" + expression + ", end='')"))
                .ok()
                .output();
    }

    /** What Zope makes of the database now; words of {@code zope_effect.py}. */
    JsonNode effect(String... words) throws IOException {
        List<String> job = new ArrayList<>(
                List.of("effect", "--fs", dataFs().toString(), "--blobs", blobs().toString(), "--wait", "10"));
        job.addAll(List.of(words));
        return JSON.readTree(ZopeProcess.run(job).ok().output());
    }

    /** What a script returns, as text. */
    String call(String path) throws IOException {
        return effect("call", path).get("result").asText();
    }

    /** What a visitor sees, as text. */
    String render(String path) throws IOException {
        return effect("render", path).get("text").asText();
    }

    /** The ids of what Zope finds in a folder, in order; fails if its books contradict each other. */
    List<String> list(String path) throws IOException {
        JsonNode listing = effect("list", path);
        assertThat(listing.get("problems")).as("books of %s", path).isEmpty();
        List<String> ids = new ArrayList<>();
        listing.get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    /** The id of the last transaction, as 16 hexadecimal digits. */
    String tid() throws IOException {
        return ZopeProcess.run(List.of("edit", "--fs", dataFs().toString(), "tid"))
                .ok()
                .output()
                .strip();
    }

    /** How many transactions the database holds. */
    int transactions() throws IOException {
        String code = """
                import sys
                from ZODB.FileStorage import FileStorage
                print(len(list(FileStorage(sys.argv[1], read_only=True).iterator())))
                """;
        String count = Oracle.python(code, dataFs().toString()).ok().output().strip();
        return Integer.parseInt(count);
    }

    /** Fails unless ZODB's own checkers find nothing. */
    void mustBeSound() throws IOException {
        Oracle.checkfs(dataFs(), Files.isDirectory(blobs()) ? blobs() : null).ok();
    }

    /** The same, in the process of Zope, which is quicker. */
    void mustBeSoundToZope() throws IOException {
        ZopeProcess.run(List.of("check", dataFs().toString())).ok();
    }

    /** The SHA-256 of the database file. */
    String hash() throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(dataFs()));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
