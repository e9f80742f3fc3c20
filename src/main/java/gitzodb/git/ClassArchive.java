package gitzodb.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The archive of classes: those of a start, parsed and linked, in one file that the next starts map. One whose name ends
 * with {@code .aot} is an AOT cache (Java 25), any other a class-data archive. Bound to the Java and to the jar that made
 * it; the launcher uses it, and a Java it does not fit ignores it.
 */
public final class ClassArchive {
    private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

    private final Path java;
    private final Path jar;
    private final Path archive;

    private ClassArchive(Path java, Path jar, Path archive) {
        this.java = java;
        this.jar = jar.toAbsolutePath();
        this.archive = archive.toAbsolutePath();
    }

    /**
     * Returns the archive of a Java and a jar.
     *
     * @param java the program {@code java} that will run git-zodb
     */
    public static ClassArchive of(Path java, Path jar, Path archive) {
        return new ClassArchive(java, jar, archive);
    }

    /** Returns where the launcher looks: beside the jar if that folder can be written, else with the repository. */
    public static Path place(Path jar, Repository repository, String name) {
        Path folder = jar.toAbsolutePath().getParent();
        return folder != null && Files.isWritable(folder)
                ? folder.resolve(name)
                : repository.commonDirectory().resolve("zodb").resolve(name);
    }

    /** Returns whether there is one that is not older than the jar. */
    public boolean isFresh() throws IOException {
        return Files.exists(archive)
                && Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) >= 0;
    }

    /**
     * Makes the archive by one run of a command that loads what most commands load, its output discarded.
     *
     * @param command arguments after the jar, such as {@code status}, run in {@code directory}
     * @return whether an archive was made; without one git-zodb only starts slower
     */
    public boolean make(Path directory, List<String> command, Map<String, String> environment) throws IOException {
        Path folder = archive.getParent();
        if (folder == null) {
            throw new IllegalArgumentException("not a file: " + archive);
        }
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "." + archive.getFileName(), ".tmp");
        try {
            if (archive.toString().endsWith(".aot")) {
                cache(fresh, directory, command, environment);
            } else {
                java(directory, environment, List.of("-XX:ArchiveClassesAtExit=" + fresh), command);
            }
            if (Files.size(fresh) == 0) {
                return false;
            }
            Files.move(fresh, archive, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            removeStale(folder);
            return true;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Java 25 takes notes of a run, and makes the cache of them in a second one that runs no command. */
    private void cache(Path fresh, Path directory, List<String> command, Map<String, String> environment)
            throws IOException {
        Path notes = Files.createTempFile(fresh.getParent(), "." + archive.getFileName(), ".tmp");
        try {
            // Without profiles of methods: what they save the first compiler is less than what it takes to read them.
            List<String> record = List.of(
                    "-XX:AOTMode=record",
                    "-XX:AOTConfiguration=" + notes,
                    "-XX:+IgnoreUnrecognizedVMOptions",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-AOTRecordTraining");
            java(directory, environment, record, command);
            List<String> create =
                    List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + notes, "-XX:AOTCache=" + fresh);
            java(directory, environment, create, List.of());
        } finally {
            Files.deleteIfExists(notes);
        }
    }

    /** Runs the jar with the options that the launcher gives, as far as an archive depends on them. */
    private void java(Path directory, Map<String, String> environment, List<String> options, List<String> command)
            throws IOException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                "-Xlog:disable",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:MaxRAMPercentage=50",
                "-Dfile.encoding=UTF-8",
                "-jar",
                jar.toString()));
        arguments.addAll(command);
        GitProcess.run(java, arguments, directory, environment, new byte[0], TIME_LIMIT);
    }

    /** Starts a process of its own that makes the archive, and does not wait for it. */
    public void makeInBackground(List<String> command, Path directory) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                java.toString(),
                "-Xlog:disable",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar.toString()));
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.start().getOutputStream().close();
    }

    /** Deletes the archives of other Javas that were made for an older jar. */
    private void removeStale(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "git-zodb*.{jsa,aot}")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
