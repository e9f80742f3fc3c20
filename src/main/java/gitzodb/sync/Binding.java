package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.zodb.Oid;
import gitzodb.zodb.Tid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * What this worktree knows of its database: one small file, {@code $GIT_DIR/zodb/NAME/state}, replaced in one step, with
 * one {@code key value} a line, the last with the CRC-32 of the lines before. The hooks read {@code path}, {@code tree} and
 * {@code follow} of it without a JVM.
 *
 * @param database the name of the database
 * @param path the tree folder, relative to the work tree
 * @param follow what the hooks do
 * @param live the commit whose tree folder equals the database at {@code tid}; empty before the first fetch
 * @param tid the transaction that {@code live} shows
 * @param hash the hash of that transaction, so that another database with the same tid is noticed
 * @param settings hash of what changes the bytes of the tree
 * @param tree object id of the tree folder when HEAD and database were last in step; empty if they never were
 * @param unreadable the objects whose records {@code live} holds as bytes, since nobody can read them; the first ones of
 *     very many
 * @param ruleFiles the files of the tree of {@code live} that say what it leaves out, so that none is looked for
 */
public record Binding(
        String database,
        String path,
        Follow follow,
        Optional<String> live,
        Tid tid,
        Bytes hash,
        String settings,
        Optional<String> tree,
        SortedSet<Oid> unreadable,
        List<String> ruleFiles) {
    /** How many unreadable objects are remembered. */
    public static final int MOST_UNREADABLE = 1_000;

    public Binding {
        unreadable = Collections.unmodifiableSortedSet(new TreeSet<>(unreadable));
        ruleFiles = List.copyOf(ruleFiles);
    }

    private static final String FORMAT = "1";
    private static final String CHECK = "check ";

    public static Binding fresh(String database, String path, Follow follow) {
        return new Binding(
                database,
                path,
                follow,
                Optional.empty(),
                Tid.NONE,
                Bytes.EMPTY,
                "",
                Optional.empty(),
                new TreeSet<>(),
                List.of());
    }

    public Binding atTransaction(String newLive, Tid newTid, Bytes newHash, String newSettings) {
        return new Binding(
                database,
                path,
                follow,
                Optional.of(newLive),
                newTid,
                newHash,
                newSettings,
                tree,
                unreadable,
                ruleFiles);
    }

    public Binding inStep(String newTree) {
        return new Binding(
                database, path, follow, live, tid, hash, settings, Optional.of(newTree), unreadable, ruleFiles);
    }

    /** While a load is under way HEAD and the database are not in step, whatever becomes of the process. */
    public Binding loading() {
        return new Binding(database, path, follow, live, tid, hash, settings, Optional.empty(), unreadable, ruleFiles);
    }

    public Binding following(Follow newFollow) {
        return new Binding(database, path, newFollow, live, tid, hash, settings, tree, unreadable, ruleFiles);
    }

    public Binding withRuleFiles(List<String> paths) {
        return new Binding(database, path, follow, live, tid, hash, settings, tree, unreadable, List.copyOf(paths));
    }

    public Binding withUnreadable(Collection<Oid> objects) {
        TreeSet<Oid> first =
                objects.stream().sorted().limit(MOST_UNREADABLE).collect(Collectors.toCollection(TreeSet::new));
        return new Binding(database, path, follow, live, tid, hash, settings, tree, first, ruleFiles);
    }

    /** Reads the file; empty if there is none. */
    public static Optional<Binding> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        int check = text.lastIndexOf(CHECK);
        if (check < 0 || !text.substring(check).equals(checkLine(text.substring(0, check)))) {
            throw damaged(file);
        }
        Map<String, String> values = new HashMap<>();
        List<String> ruleFiles = new ArrayList<>();
        TreeSet<Oid> unreadable = new TreeSet<>();
        for (String line : text.split("\n", -1)) {
            int space = line.indexOf(' ');
            if (line.startsWith("ignore ")) {
                ruleFiles.add(line.substring(space + 1));
            } else if (line.startsWith("unreadable ")) {
                unreadable.add(oid(line.substring(space + 1), file));
            } else if (space > 0) {
                values.put(line.substring(0, space), line.substring(space + 1));
            }
        }
        if (!FORMAT.equals(values.get("format"))) {
            throw new RefusedException(file + " has format '" + values.get("format")
                    + "', which this version does not know; use the version that wrote it");
        }
        try {
            return Optional.of(new Binding(
                    required(values, "database"),
                    required(values, "path"),
                    Follow.parse(required(values, "follow")),
                    Optional.ofNullable(values.get("live")),
                    new Tid(HexFormat.fromHexDigitsToLong(required(values, "tid"))),
                    Bytes.parseHex(values.getOrDefault("hash", "")),
                    values.getOrDefault("settings", ""),
                    Optional.ofNullable(values.get("tree")),
                    unreadable,
                    ruleFiles));
        } catch (IllegalArgumentException wrong) {
            throw damaged(file);
        }
    }

    private static Oid oid(String digits, Path file) throws RefusedException {
        try {
            return new Oid(HexFormat.fromHexDigitsToLong(digits));
        } catch (IllegalArgumentException wrong) {
            throw damaged(file);
        }
    }

    private static RefusedException damaged(Path file) {
        return new RefusedException(file + " is damaged; remove it and bind the database again with 'git zodb init',"
                + " which finds the commit that it shows");
    }

    public void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, "format", FORMAT);
        line(text, "database", database);
        line(text, "path", path);
        line(text, "follow", follow.text());
        live.ifPresent(commit -> line(text, "live", commit));
        line(text, "tid", tid.hex());
        line(text, "hash", hash.hex());
        line(text, "settings", settings);
        tree.ifPresent(id -> line(text, "tree", id));
        unreadable.forEach(oid -> line(text, "unreadable", HexFormat.of().toHexDigits(oid.value())));
        ruleFiles.forEach(path -> line(text, "ignore", path));
        text.append(checkLine(text.toString()));
        AtomicFile.write(file, Bytes.utf8(text.toString()));
    }

    private static String checkLine(String lines) {
        CRC32 crc = new CRC32();
        crc.update(lines.getBytes(StandardCharsets.UTF_8));
        return CHECK + HexFormat.of().toHexDigits((int) crc.getValue()) + "\n";
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(' ').append(value).append('\n');
    }

    private static String required(Map<String, String> values, String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key);
        }
        return value;
    }
}
