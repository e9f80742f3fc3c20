package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What makes git merge XML by {@code git zodb merge-driver}: settings, and a line in the attributes of the repository, so
 * that it is in force on branches whose tree says nothing of it.
 */
final class MergeDriver {
    private static final String SECTION = "merge.zodb.";

    /** The settings, whatever their values. */
    static final List<String> NAMES = List.of(SECTION + "name", SECTION + "driver", SECTION + "recursive");

    private static final String LINES = HookFile.START + "*.zodb.xml merge=zodb\n" + HookFile.END;

    private MergeDriver() {}

    /**
     * Returns the settings. An end that is neither a clean merge nor a conflict, such as that of a missing Java, must stop
     * git, which would take it for a conflict and our version for its content.
     */
    static SequencedMap<String, String> settings(Path launcher) {
        SequencedMap<String, String> settings = new LinkedHashMap<>();
        settings.put(SECTION + "name", "objects of a ZODB, merged by what they mean");
        String path = HookFile.quote(launcher).replace("%", "%%");
        settings.put(
                SECTION + "driver",
                path + " merge-driver %O %A %B %L %P %S %X %Y; case $? in 0) exit 0;; 1) exit 1;; *) exit 129;; esac");
        settings.put(SECTION + "recursive", "zodb");
        return settings;
    }

    /** Returns the change that names the driver in the attributes of the repository; none if they do. */
    static Optional<FileChange> install(Repository repository) throws IOException {
        Path file = attributes(repository);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(FileChange.createText(file, Bytes.utf8(LINES)));
        }
        String text = read(file);
        // In front: what the user says of a file comes later and wins.
        return change(file, text, LINES + HookFile.remove(text));
    }

    static Optional<FileChange> uninstall(Repository repository) throws IOException {
        Path file = attributes(repository);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text = read(file);
        return text.equals(LINES) ? Optional.of(FileChange.delete(file)) : change(file, text, HookFile.remove(text));
    }

    private static Path attributes(Repository repository) throws IOException {
        return Path.of(repository.git().run("rev-parse", "--path-format=absolute", "--git-path", "info/attributes"));
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static Optional<FileChange> change(Path file, String before, String after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(FileChange.rewrite(file, Bytes.wrap(after.getBytes(StandardCharsets.ISO_8859_1))));
    }
}
