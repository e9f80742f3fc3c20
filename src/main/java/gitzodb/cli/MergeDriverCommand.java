package gitzodb.cli;

import gitzodb.bytes.Bytes;
import gitzodb.files.AtomicFile;
import gitzodb.merge.Conflict;
import gitzodb.merge.MergeFile;
import gitzodb.xml.ConflictMarks;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What git runs to merge one file: {@code merge-driver %O %A %B %L %P %S %X %Y}, that is base, ours, which takes the
 * result, theirs, size of marks, path, and since git 2.44 the names of the versions. Ends with 0 if the merge is clean, 1
 * if the result holds conflicts, 129 if there is no result, which stops git.
 */
final class MergeDriverCommand {
    private static final int CRASHED = 129;
    private static final int FEWEST = 5;
    private static final int USUAL_MARK = 7;
    private static final int SHOWN = 10;
    private static final int SECONDS = 300;

    private MergeDriverCommand() {}

    static int run(String[] args) {
        Console console = Console.system(false);
        if (args.length < FEWEST) {
            console.complain("merge-driver is run by git; wants %O %A %B %L %P %S %X %Y");
            return CRASHED;
        }
        Thread limit = limit(console, args[4]);
        try {
            return merge(console, args, limit);
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            Failures.report(failure, false);
            return CRASHED;
        }
    }

    private static int merge(Console console, String[] args, Thread limit) throws IOException {
        Path ours = Path.of(args[1]);
        String path = args[4];
        int size = markSize(args[3]);
        long bytes = Files.size(Path.of(args[0])) + Files.size(ours) + Files.size(Path.of(args[2]));
        if (bytes > MergeFile.LARGEST) {
            throw new XmlFormatException(path, 0, 0, "too large to merge: " + bytes + " bytes in three versions");
        }
        ConflictMarks marks =
                new ConflictMarks(size, label(args, 6, "ours"), label(args, 5, "base"), label(args, 7, "theirs"));
        MergeFile merged = MergeFile.of(path, read(args[0]), read(args[1]), read(args[2]), marks);
        limit.interrupt();
        AtomicFile.write(ours, merged.content());
        // A merge of two bases is nobody's business but git's.
        if (size == USUAL_MARK) {
            report(console, path, Conflict.in(merged.merge().tree()));
        }
        return merged.isClean() ? ExitCode.DONE.number() : ExitCode.FINDINGS.number();
    }

    private static Bytes read(String file) throws IOException {
        return Bytes.wrap(Files.readAllBytes(Path.of(file)));
    }

    private static int markSize(String text) {
        return text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : USUAL_MARK;
    }

    /** Git before 2.44 leaves the placeholder as it is. */
    private static String label(String[] args, int index, String otherwise) {
        return args.length <= index || args[index].isEmpty() || args[index].matches("%[SXY]") ? otherwise : args[index];
    }

    private static void report(Console console, String path, List<Element> conflicts) {
        for (Element conflict : conflicts.subList(0, Math.min(SHOWN, conflicts.size()))) {
            Conflict read = Conflict.read(conflict);
            console.complain(path + ": conflict at " + read.at() + ": " + read.explanation());
        }
        if (conflicts.size() > SHOWN) {
            console.complain(path + ": " + (conflicts.size() - SHOWN) + " more conflicts");
        }
    }

    /** Ends the program when a merge takes too long; the file is then as it was. */
    private static Thread limit(Console console, String path) {
        int seconds = Integer.getInteger("gitzodb.merge.seconds", SECONDS);
        Thread watch = new Thread(
                () -> {
                    try {
                        Thread.sleep(seconds * 1_000L);
                    } catch (InterruptedException e) {
                        return;
                    }
                    console.complain(path + ": not merged after " + seconds + " seconds, given up");
                    Runtime.getRuntime().halt(CRASHED);
                },
                "time limit");
        watch.setDaemon(true);
        watch.start();
        return watch;
    }
}
