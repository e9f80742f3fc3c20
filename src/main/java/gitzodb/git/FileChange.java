package gitzodb.git;

import gitzodb.bytes.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change of one file that can be told before it is made, and taken back after. */
final class FileChange {
    private enum Kind {
        CREATE,
        CREATE_TEXT,
        REWRITE,
        DELETE,
        MOVE_ASIDE,
        MOVE_BACK
    }

    private final Kind kind;
    private final Path file;
    private final Path other;
    private final Bytes content;
    private @Nullable Bytes before;
    private @Nullable Set<PosixFilePermission> modeBefore;

    private FileChange(Kind kind, Path file, Path other, Bytes content) {
        this.kind = kind;
        this.file = file;
        this.other = other;
        this.content = content;
    }

    static FileChange create(Path file, Bytes content) {
        return new FileChange(Kind.CREATE, file, file, content);
    }

    /** Makes a file that is no program. */
    static FileChange createText(Path file, Bytes content) {
        return new FileChange(Kind.CREATE_TEXT, file, file, content);
    }

    static FileChange rewrite(Path file, Bytes content) {
        return new FileChange(Kind.REWRITE, file, file, content);
    }

    static FileChange delete(Path file) {
        return new FileChange(Kind.DELETE, file, file, Bytes.EMPTY);
    }

    /** Moves {@code file} to {@code aside} and puts {@code content} in its place. */
    static FileChange moveAside(Path file, Path aside, Bytes content) {
        return new FileChange(Kind.MOVE_ASIDE, file, aside, content);
    }

    static FileChange moveBack(Path aside, Path file) {
        return new FileChange(Kind.MOVE_BACK, file, aside, Bytes.EMPTY);
    }

    /** Returns one line for the user. */
    String describe() {
        return switch (kind) {
            case CREATE, CREATE_TEXT -> "create " + file;
            case REWRITE -> "edit " + file;
            case DELETE -> "delete " + file;
            case MOVE_ASIDE -> "move " + file + " to " + other.getFileName() + ", call it from a new one";
            case MOVE_BACK -> "move " + other + " back to " + file.getFileName();
        };
    }

    void apply() throws IOException {
        switch (kind) {
            case CREATE -> {
                Files.createDirectories(file.getParent());
                write(content, executable());
            }
            case CREATE_TEXT -> {
                Files.createDirectories(file.getParent());
                write(content, null);
            }
            case REWRITE -> {
                remember();
                write(content, modeBefore);
            }
            case DELETE -> {
                remember();
                Files.delete(file);
            }
            case MOVE_ASIDE -> {
                // Without REPLACE_EXISTING: a hook that was moved aside before is never overwritten.
                Files.move(file, other);
                write(content, executable());
            }
            case MOVE_BACK -> {
                remember();
                Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    void undo() throws IOException {
        Bytes old = before;
        switch (kind) {
            case CREATE, CREATE_TEXT -> Files.deleteIfExists(file);
            case MOVE_ASIDE -> Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
            case REWRITE, DELETE -> {
                if (old != null) {
                    write(old, modeBefore);
                }
            }
            case MOVE_BACK -> {
                if (old != null) {
                    Files.move(file, other);
                    write(old, modeBefore);
                }
            }
        }
    }

    private void remember() throws IOException {
        before = Bytes.wrap(Files.readAllBytes(file));
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        modeBefore = view == null ? null : view.readAttributes().permissions();
    }

    private static @Nullable Set<PosixFilePermission> executable() {
        return PosixFilePermissions.fromString("rwxr-xr-x");
    }

    private void write(Bytes bytes, @Nullable Set<PosixFilePermission> mode) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".git-zodb-new");
        try {
            Files.write(temporary, bytes.toArray());
            PosixFileAttributeView view = Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
            if (view != null && mode != null) {
                view.setPermissions(mode);
            }
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
