package gitzodb.git;

import gitzodb.files.FolderRemoval;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A copy of a repository in a temporary folder, in which a dry run does what the real run would: it has the refs, the
 * index, the configuration and the bindings, and reads the objects of the real one through {@code alternates}; what is
 * written stays in the copy and goes with it. Its work tree is the real one, which nothing changes: {@link
 * Repository#merging} only tries.
 */
public final class ShadowRepository implements AutoCloseable {
    /** Of no use without the real folder, or leading back to it. */
    private static final Set<String> LEFT =
            Set.of("objects", "hooks", "modules", "worktrees", "lfs", "commondir", "gitdir");

    private static final String ALTERNATES = "objects/info/alternates";

    private final Path folder;
    private final Repository repository;

    private ShadowRepository(Path folder, Repository repository) {
        this.folder = folder;
        this.repository = repository;
    }

    /** Copies a repository; nobody must write to its bindings meanwhile. */
    public static ShadowRepository of(Repository real) throws IOException {
        return make(folder -> {
            Path copy = folder.resolve("git");
            if (real.isLinkedWorkTree()) {
                copy(real.commonDirectory(), copy, Set.of("zodb", "index"));
            }
            copy(real.gitDirectory(), copy, Set.of());
            Path alternates = copy.resolve(ALTERNATES);
            Files.createDirectories(alternates.getParent());
            Files.writeString(alternates, real.commonDirectory().resolve("objects") + "\n");
            return shadow(real.git(), copy, real.workTree());
        });
    }

    /** Makes an empty repository whose work tree is the folder of {@code git}, if that is there. */
    public static ShadowRepository empty(Git git) throws IOException {
        return make(folder -> {
            Path workTree = git.directory();
            Path files = Files.isDirectory(workTree) ? workTree : Files.createDirectory(folder.resolve("files"));
            Path made = folder.resolve("git");
            Git there = git.detached().in(folder);
            there.attempt("init", "--quiet", "--bare", "--object-format=sha1", made.toString())
                    .orThrow();
            there.in(made).attempt("config", "core.bare", "false").orThrow();
            return shadow(there, made, Optional.of(files));
        });
    }

    public Repository repository() {
        return repository;
    }

    private static Repository shadow(Git git, Path copy, Optional<Path> workTree) throws IOException {
        git.in(copy)
                .attempt("config", "--file", copy.resolve("config").toString(), "core.hooksPath", "/dev/null")
                .orThrow();
        Git there = git.untied().with("GIT_DIR", copy.toString());
        return Repository.shadow(
                workTree.isPresent()
                        ? there.with("GIT_WORK_TREE", workTree.get().toString()).in(workTree.get())
                        : there.in(copy));
    }

    @FunctionalInterface
    private interface Making {
        Repository in(Path folder) throws IOException;
    }

    private static ShadowRepository make(Making making) throws IOException {
        Path folder = Files.createTempDirectory("git-zodb-dry-run").toRealPath();
        try {
            return new ShadowRepository(folder, making.in(folder));
        } catch (IOException | RuntimeException failure) {
            FolderRemoval.remove(folder);
            throw failure;
        }
    }

    private static void copy(Path from, Path to, Set<String> without) throws IOException {
        Files.walkFileTree(
                from, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes facts)
                            throws IOException {
                        if (isLeft(folder)) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(to.resolve(from.relativize(folder)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes facts) throws IOException {
                        String name = file.getFileName().toString();
                        if (facts.isRegularFile()
                                && !isLeft(file)
                                && !name.endsWith(".lock")
                                && !name.endsWith(".jsa")
                                && !name.endsWith(".aot")) {
                            Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    // Git moves refs about while they are copied.
                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                        if (failure instanceof NoSuchFileException) {
                            return FileVisitResult.CONTINUE;
                        }
                        throw failure;
                    }

                    private boolean isLeft(Path path) {
                        String name = from.relativize(path).toString();
                        return LEFT.contains(name) || without.contains(name);
                    }
                });
    }

    @Override
    public void close() throws IOException {
        repository.close();
        FolderRemoval.remove(folder);
    }
}
