package gitzodb.cli;

import gitzodb.btree.BrokenTreeException;
import gitzodb.classes.FormatException;
import gitzodb.git.BadGitTreeException;
import gitzodb.git.GitException;
import gitzodb.git.NotARepositoryException;
import gitzodb.merge.ChoiceException;
import gitzodb.pickle.PickleException;
import gitzodb.sync.BindingBusyException;
import gitzodb.sync.RefusedException;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.TreeException;
import gitzodb.xml.XmlFormatException;
import gitzodb.zodb.ConflictException;
import gitzodb.zodb.CorruptStorageException;
import gitzodb.zodb.ReadOnlyStorageException;
import gitzodb.zodb.StateException;
import gitzodb.zodb.StorageBusyException;
import gitzodb.zodb.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a failure means: one line and an exit code. */
final class Failures {
    private Failures() {}

    static int report(Throwable failure, boolean debug) {
        Console console = Console.system(false);
        if (debug) {
            console.trace(failure);
        }
        if (failure instanceof BadTreeException bad) {
            bad.problems().forEach(problem -> console.complain(problem.toString()));
            if (bad.problems().size() > 1) {
                console.complain(Words.count(bad.problems().size(), "problem") + "; nothing was loaded");
            }
        } else {
            console.complain(message(failure, debug));
        }
        return exitCode(failure).number();
    }

    static ExitCode exitCode(Throwable failure) {
        return switch (failure) {
            case IllegalOptionException wrong -> ExitCode.USAGE;
            case RefusedException refused -> ExitCode.REFUSED;
            case ChoiceException choice -> ExitCode.REFUSED;
            case BindingBusyException busy -> ExitCode.BUSY;
            case BadTreeException bad -> bad.isRefusal() ? ExitCode.REFUSED : ExitCode.BAD_DATA;
            case StorageBusyException busy -> ExitCode.BUSY;
            case ConflictException conflict -> ExitCode.BUSY;
            case ReadOnlyStorageException readOnly -> ExitCode.REFUSED;
            case CorruptStorageException corrupt -> ExitCode.BAD_DATA;
            case StorageException storage -> ExitCode.UNREACHABLE;
            case PickleException pickle -> ExitCode.BAD_DATA;
            case BrokenTreeException tree -> ExitCode.BAD_DATA;
            case XmlFormatException xml -> ExitCode.BAD_DATA;
            case FormatException format -> ExitCode.BAD_DATA;
            case TreeException tree -> ExitCode.BAD_DATA;
            case NotARepositoryException none -> ExitCode.FATAL;
            case BadGitTreeException names -> ExitCode.BAD_DATA;
            case GitException git -> ExitCode.FATAL;
            case FileAlreadyExistsException exists -> ExitCode.REFUSED;
            case NoSuchFileException missing -> ExitCode.UNREACHABLE;
            case AccessDeniedException denied -> ExitCode.UNREACHABLE;
            case InterruptedIOException interrupted -> ExitCode.INTERRUPTED;
            case StateException state -> ExitCode.BAD_DATA;
            case IOException wrapped when wrapped.getCause() instanceof IOException cause -> exitCode(cause);
            default -> ExitCode.FATAL;
        };
    }

    private static String message(Throwable failure, boolean debug) {
        String text = switch (failure) {
            case BadTreeException bad ->
                Words.count(bad.problems().size(), "problem") + " in the tree; nothing was written";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case AccessDeniedException denied -> denied.getFile() + " may not be read or written by this user";
            case FileAlreadyExistsException exists -> exists.getFile() + " exists already";
            case FileSystemException system -> system.getFile() + ": " + system.getReason();
            case OutOfMemoryError memory -> "out of memory; give more with GIT_ZODB_JAVA_OPTS=-Xmx4g";
            case IllegalOptionException wrong -> String.valueOf(wrong.getMessage());
            case IOException expected when expected.getMessage() != null -> expected.getMessage();
            default -> "internal error: " + failure;
        };
        boolean expected = failure instanceof IOException
                || failure instanceof OutOfMemoryError
                || failure instanceof IllegalOptionException;
        return expected || debug ? text : text + "; run it again with --debug and report what it prints";
    }
}
