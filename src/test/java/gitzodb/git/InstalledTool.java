package gitzodb.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** The hooks and the launcher of this project, copied as an installation has them. */
final class InstalledTool {
    private InstalledTool() {}

    /** Returns the path of the launcher {@code folder/git-extension/git-zodb}. */
    static Path in(Path folder) throws IOException {
        Path home = Path.of(System.getProperty("gitzodb.home", ""));
        copy(home.resolve("hooks"), folder.resolve("hooks"));
        copy(home.resolve("git-extension"), folder.resolve("git-extension"));
        return folder.resolve("git-extension").resolve("git-zodb");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
