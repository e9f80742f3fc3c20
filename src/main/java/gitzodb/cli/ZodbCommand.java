package gitzodb.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have: help, quietness, a console, an exit code. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, sortOptions = false)
abstract class ZodbCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-q", "--quiet"},
            description = "print results and errors only")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "say more of what is done")
    private boolean verbose;

    @Option(names = "--debug", description = "print a stack trace with an error")
    private boolean debug;

    @Override
    public final Integer call() {
        // Without options no parser was asked.
        boolean forProgram = spec != null && spec.commandLine().getParseResult().hasMatchedOption("--json");
        Console console = Console.system(quiet || forProgram);
        try {
            ExitCode code = run(console);
            return console.flush() ? code.number() : ExitCode.FATAL.number();
        } catch (IOException | RuntimeException | OutOfMemoryError failure) {
            console.flush();
            return Failures.report(failure, debug);
        }
    }

    abstract ExitCode run(Console console) throws IOException;

    /** Options that do not go together, or have a wrong value. */
    static IllegalOptionException wrong(String message) {
        return new IllegalOptionException(message);
    }

    boolean isVerbose() {
        return verbose;
    }
}
