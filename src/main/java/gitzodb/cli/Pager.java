package gitzodb.cli;

import gitzodb.git.Git;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/** Runs a git command whose output is for the user: with git's own colours and pager. */
final class Pager {
    private Pager() {}

    /** Returns git's exit status, 0 or 1. */
    static int run(Git git, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(git.executable().toString()));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(git.directory().toFile()).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(git.environment());
        try {
            int status = builder.start().waitFor();
            if (status > 1) {
                throw new gitzodb.git.GitException("git " + arguments.getFirst() + " failed with status " + status);
            }
            return status;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
