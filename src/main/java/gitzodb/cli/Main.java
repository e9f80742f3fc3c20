package gitzodb.cli;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entry point. {@code hook}, {@code merge-driver} and the everyday commands without options, are dispatched before the option parser is
 * loaded: it costs a third of such a run.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String[] args) {
        if (args.length > 0 && args[0].equals("hook")) {
            return HookCommand.run(Arrays.copyOfRange(args, 1, args.length));
        }
        if (args.length > 0 && args[0].equals("merge-driver")) {
            return MergeDriverCommand.run(Arrays.copyOfRange(args, 1, args.length));
        }
        ZodbCommand plain = args.length == 1 ? plain(args[0]) : null;
        return plain == null ? CommandTree.execute(args) : plain.call();
    }

    /** Returns a command as the parser makes it of its name alone; null if it is not one of the everyday ones. */
    static @Nullable ZodbCommand plain(String name) {
        return switch (name) {
            case "status" -> new StatusCommand();
            case "fetch" -> new FetchCommand();
            case "pull" -> new PullCommand();
            case "push" -> new PushCommand();
            case "reload" -> new ReloadCommand();
            default -> null;
        };
    }
}
