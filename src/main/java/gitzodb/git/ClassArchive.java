package gitzodb.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The class-data archive: the classes of a start, parsed and linked, in one file that the next starts map. Bound to the
 * Java that made it; the launcher uses it and a Java it does not fit ignores it.
 */
public final class ClassArchive {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    private ClassArchive() {}

    /** Returns where the launcher looks: beside the jar if that folder can be written, else with the repository. */
    public static Path place(Path jar, Repository repository) {
        Path folder = jar.toAbsolutePath().getParent();
        if (folder != null && Files.isWritable(folder)) {
            return folder.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", "") + ".jsa");
        }
        return repository.commonDirectory().resolve("zodb").resolve("git-zodb.jsa");
    }

    /**
     * Makes the archive by one run of a command that loads what most commands load, its output discarded.
     *
     * @param java the program {@code java} that will run git-zodb
     * @param command arguments after the jar, such as {@code status}, run in {@code directory}
     * @return whether an archive was made; without one git-zodb only starts slower
     */
    public static boolean make(
            Path java, Path jar, Path archive, Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(archive.toAbsolutePath().getParent());
        Path fresh = archive.resolveSibling(archive.getFileName() + ".new");
        try {
            List<String> arguments = new ArrayList<>(List.of(
                    "-XX:ArchiveClassesAtExit=" + fresh,
                    "-Xlog:disable",
                    "-XX:+UseSerialGC",
                    "-Dfile.encoding=UTF-8",
                    "-jar",
                    jar.toString()));
            arguments.addAll(command);
            GitProcess.run(java, arguments, directory, environment, new byte[0], TIME_LIMIT);
            if (!Files.isRegularFile(fresh)) {
                return false;
            }
            Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
