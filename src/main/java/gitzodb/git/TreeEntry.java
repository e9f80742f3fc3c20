package gitzodb.git;

import org.eclipse.jgit.lib.ObjectId;

/** One entry of a folder in git; {@code id} is the git object with its content. */
public record TreeEntry(String name, Kind kind, ObjectId id) implements Comparable<TreeEntry> {
    /** What an entry is, after its mode. */
    public enum Kind {
        FILE(0100644),
        EXECUTABLE(0100755),
        FOLDER(0040000),
        LINK(0120000),
        SUBMODULE(0160000);

        private final int mode;

        Kind(int mode) {
            this.mode = mode;
        }

        int mode() {
            return mode;
        }

        public boolean isFile() {
            return this == FILE || this == EXECUTABLE;
        }

        static Kind of(int mode) throws GitException {
            return switch (mode & 0170000) {
                case 0040000 -> FOLDER;
                case 0100000 -> (mode & 0100) != 0 ? EXECUTABLE : FILE;
                case 0120000 -> LINK;
                case 0160000 -> SUBMODULE;
                default -> throw new GitException("unknown mode " + Integer.toOctalString(mode) + "; run git fsck");
            };
        }
    }

    public boolean isFolder() {
        return kind == Kind.FOLDER;
    }

    /** By name, in the order of {@link String}. */
    @Override
    public int compareTo(TreeEntry other) {
        return name.compareTo(other.name);
    }
}
