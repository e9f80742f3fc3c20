package gitzodb.filestorage;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import java.nio.file.Path;
import java.util.Optional;

/** The magic numbers, and the files that stand beside a {@code Data.fs} (zodb-formats §1.1, §1.5). */
final class FileNames {
    private static final Bytes FS21 = Bytes.utf8("FS21");
    private static final Bytes FS30 = Bytes.utf8("FS30");

    private FileNames() {}

    static Bytes magic(Generation generation) {
        return switch (generation) {
            case PYTHON2 -> FS21;
            case PYTHON3 -> FS30;
        };
    }

    static Optional<Generation> generation(Bytes magic) {
        if (magic.equals(FS21)) {
            return Optional.of(Generation.PYTHON2);
        }
        return magic.equals(FS30) ? Optional.of(Generation.PYTHON3) : Optional.empty();
    }

    static Path lock(Path dataFs) {
        return beside(dataFs, ".lock");
    }

    static Path index(Path dataFs) {
        return beside(dataFs, ".index");
    }

    /** The records of a large transaction until they are copied to the end of the file. */
    static Path spool(Path dataFs) {
        return beside(dataFs, ".tmp");
    }

    /** The new file of a pack until it replaces the old one. */
    static Path packed(Path dataFs) {
        return beside(dataFs, ".pack");
    }

    /** What was cut off the end of the file for the {@code number}th time. */
    static Path cutTail(Path dataFs, int number) {
        return beside(dataFs, ".tr" + number);
    }

    private static Path beside(Path dataFs, String suffix) {
        return dataFs.resolveSibling(dataFs.getFileName() + suffix);
    }
}
