package gitzodb.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code git zodb} itself: knows all commands, and what becomes of their failures. */
@Command(
        name = "git zodb",
        description = "A ZODB as a git working tree and a git remote.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done and checked",
            "1:differences, conflicts or findings",
            "2:refused, nothing changed",
            "3:partly done, the rest was named",
            "64:wrong options",
            "65:bad data",
            "69:database unreachable",
            "75:busy, try again",
            "128:not a repository, or fatal",
            "130:interrupted"
        },
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            CloneCommand.class,
            StatusCommand.class,
            FetchCommand.class,
            PullCommand.class,
            PushCommand.class,
            DiffCommand.class,
            ReloadCommand.class,
            DumpCommand.class,
            LoadCommand.class,
            VerifyCommand.class,
            CanonicalizeCommand.class,
            InstallCommand.class,
            UninstallCommand.class,
            LsCommand.class,
            CatCommand.class,
            InfoCommand.class,
            RehearseCommand.class,
            HelpCommand.class
        })
final class CommandTree implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command? 'git zodb --help' lists them");
    }

    static int execute(String[] args) {
        return line().execute(args);
    }

    static CommandLine line() {
        CommandLine line = new CommandLine(new CommandTree());
        line.setParameterExceptionHandler((exception, rest) -> {
            Console.system(false)
                    .complain(reason(exception) + "; see '"
                            + exception.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
            return ExitCode.USAGE.number();
        });
        line.getCommandSpec().usageMessage().width(100);
        return line;
    }

    private static String reason(ParameterException exception) {
        boolean atTop = exception.getCommandLine().getParent() == null;
        if (atTop
                && exception instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()
                && !unmatched.isUnknownOption()) {
            return "'" + unmatched.getUnmatched().getFirst() + "' is no command";
        }
        return String.valueOf(exception.getMessage());
    }
}
