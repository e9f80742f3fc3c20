package gitzodb.cli;

import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;
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
        })
final class CommandTree implements Runnable {
    /** By name, in the order of the help. */
    private static final SequencedMap<String, Class<? extends ZodbCommand>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("init", InitCommand.class);
        COMMANDS.put("clone", CloneCommand.class);
        COMMANDS.put("status", StatusCommand.class);
        COMMANDS.put("fetch", FetchCommand.class);
        COMMANDS.put("pull", PullCommand.class);
        COMMANDS.put("push", PushCommand.class);
        COMMANDS.put("diff", DiffCommand.class);
        COMMANDS.put("reload", ReloadCommand.class);
        COMMANDS.put("dump", DumpCommand.class);
        COMMANDS.put("load", LoadCommand.class);
        COMMANDS.put("verify", VerifyCommand.class);
        COMMANDS.put("canonicalize", CanonicalizeCommand.class);
        COMMANDS.put("merge", MergeCommand.class);
        COMMANDS.put("conflicts", ConflictsCommand.class);
        COMMANDS.put("resolve", ResolveCommand.class);
        COMMANDS.put("merge-file", MergeFileCommand.class);
        COMMANDS.put("install", InstallCommand.class);
        COMMANDS.put("uninstall", UninstallCommand.class);
        COMMANDS.put("ls", LsCommand.class);
        COMMANDS.put("cat", CatCommand.class);
        COMMANDS.put("info", InfoCommand.class);
        COMMANDS.put("rehearse", RehearseCommand.class);
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "which command? 'git zodb --help' lists them");
    }

    static int execute(String[] args) {
        return lineFor(args).execute(args);
    }

    /** Returns the parser of all commands. */
    static CommandLine line() {
        CommandLine line = new CommandLine(new CommandTree());
        COMMANDS.forEach(line::addSubcommand);
        line.addSubcommand(HelpCommand.class);
        return ready(line);
    }

    /** Returns a parser of one command, if one is asked for: to describe all of them to it takes as long as a fetch. */
    static CommandLine lineFor(String[] args) {
        Class<? extends ZodbCommand> asked = args.length == 0 ? null : COMMANDS.get(args[0]);
        return asked == null ? line() : ready(new CommandLine(new CommandTree()).addSubcommand(args[0], asked));
    }

    private static CommandLine ready(CommandLine line) {
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
