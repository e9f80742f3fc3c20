package gitzodb.cli;

import gitzodb.sync.BoundDatabase;
import gitzodb.sync.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Shows where the database and the branch stand to each other.")
final class StatusCommand extends DatabaseCommand {
    private static final class Form {
        @Option(
                names = {"-s", "--short", "--porcelain"},
                description = "one line a file: change in the database, change in git, path")
        private boolean porcelain;

        @Option(names = "--json", description = "print JSON")
        private boolean json;
    }

    @ArgGroup
    private @Nullable Form form;

    @Option(
            names = {"-b", "--branch"},
            description = "with --porcelain, head lines about the database and HEAD")
    private boolean branch;

    @Option(names = "-z", description = "with --porcelain, end lines with NUL")
    private boolean nul;

    @Override
    ExitCode run(Console console, BoundDatabase database) throws IOException {
        Status.Report report = new Status(database).run();
        if (form != null && form.json) {
            console.print(StatusJson.of(report));
        } else if (form != null && form.porcelain) {
            porcelain(console, report);
        } else {
            words(console, report);
        }
        return ExitCode.DONE;
    }

    private void porcelain(Console console, Status.Report report) {
        if (branch) {
            line(console, "# database.name " + report.database());
            line(
                    console,
                    "# database.live " + report.live().name() + " "
                            + report.tid().hex());
            report.head().commit().ifPresent(head -> line(console, "# database.head " + head.name()));
            if (report.unreadable() > 0) {
                line(console, "# database.unreadable " + report.unreadable());
            }
            if (report.ahead() != 0 || report.behind() != 0) {
                line(console, "# database.ab +" + report.ahead() + " -" + report.behind());
            }
        }
        if (report.reloadPending()) {
            line(console, "! reload-pending");
        }
        for (Status.Line each : report.lines()) {
            line(console, "" + each.inDatabase().letter() + each.inGit().letter() + " " + each.path());
        }
    }

    private void line(Console console, String text) {
        if (nul) {
            console.write((text + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } else {
            console.print(text);
        }
    }

    private static void words(Console console, Status.Report report) {
        console.print("database " + report.database() + " (" + report.url() + ") at transaction "
                + report.tid().hex());
        if (report.unreadable() > 0) {
            console.print(Words.count(report.unreadable(), "object")
                    + " cannot be read and stand in the tree as their bytes"
                    + "\n  (use \"git grep -l '^<unreadable>' " + report.database()
                    + "/live\" to see which; mend them in the database)");
        }
        if (report.isInStep()) {
            console.print("database and branch are in step");
            return;
        }
        if (report.reloadPending()) {
            console.print("a reload is pending: HEAD moved and the database did not follow");
            console.print("  (use \"git zodb reload\", or \"git switch\" back)");
        }
        console.print(standing(report));
        for (Status.Line each : report.lines()) {
            console.print("  " + side(each) + each.path());
        }
    }

    private static String standing(Status.Report report) {
        if (report.head().isUnborn()) {
            return "no commit yet\n  (use \"git zodb pull\")";
        }
        if (report.ahead() > 0 && report.behind() > 0) {
            return "database and branch have diverged, " + report.ahead() + " and " + report.behind()
                    + " different commits each\n  (use \"git zodb pull\", then \"git zodb push\")";
        }
        return report.ahead() > 0
                ? "the database is ahead by " + Words.count(report.ahead(), "commit") + "\n  (use \"git zodb pull\")"
                : "the branch is ahead by " + Words.count(report.behind(), "commit") + "\n  (use \"git zodb push\")";
    }

    private static String side(Status.Line line) {
        if (line.isOnBothSides()) {
            return "both:      ";
        }
        return line.inGit() == Status.Change.NONE ? "database:  " : "git:       ";
    }
}
