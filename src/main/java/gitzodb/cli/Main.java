package gitzodb.cli;

import java.util.Arrays;

/**
 * The entry point. {@code hook} is dispatched before the option parser is loaded: it costs a third of such a run.
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
        return CommandTree.execute(args);
    }
}
