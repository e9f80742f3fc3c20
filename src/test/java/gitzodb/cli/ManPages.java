package gitzodb.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual in the form that {@code man} shows: a page for {@code git zodb} and one for each command. */
final class ManPages {
    private ManPages() {}

    /** Returns the pages by file name. */
    static Map<String, String> of(CommandLine top) {
        TreeMap<String, String> pages = new TreeMap<>();
        pages.put("git-zodb.1", page(top.getCommandSpec()));
        commands(top).forEach((name, command) -> pages.put("git-zodb-" + name + ".1", page(command)));
        return pages;
    }

    /** Returns the commands that are to be seen, in their order. */
    static Map<String, CommandSpec> commands(CommandLine top) {
        Map<String, CommandSpec> commands = new java.util.LinkedHashMap<>();
        top.getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden() && !name.equals("help")) {
                commands.put(name, command.getCommandSpec());
            }
        });
        return commands;
    }

    static String description(CommandSpec command) {
        return lines(command.usageMessage().description());
    }

    static String description(ArgSpec argument) {
        return lines(argument.description());
    }

    private static String lines(String[] lines) {
        return Stream.of(lines).map(line -> line.replace("%n", "").strip()).collect(Collectors.joining(" "));
    }

    private static String page(CommandSpec command) {
        boolean top = command.parent() == null;
        String name = top ? "git-zodb" : "git-zodb-" + command.name();
        StringBuilder out = new StringBuilder(".\\\" Made from the help texts; see GeneratedFilesTest.\n");
        out.append(".TH \"").append(name.toUpperCase(java.util.Locale.ROOT)).append("\" \"1\" \"\" \"git-zodb\"\n");
        out.append(".nh\n.ad l\n");
        section(out, "NAME", escaped(name) + " \\- " + escaped(description(command)));
        String synopsis = command.commandLine().getHelp().synopsis(0).strip();
        section(out, "SYNOPSIS", ".B " + escaped(synopsis.replaceAll("\\s+", " ")));
        section(out, "DESCRIPTION", escaped(description(command)));
        if (command.usageMessage().footer().length > 0) {
            out.append(".PP\n")
                    .append(escaped(lines(command.usageMessage().footer())))
                    .append('\n');
        }
        if (top) {
            out.append(".SH COMMANDS\n");
            commands(command.commandLine()).forEach((sub, spec) -> item(out, "git zodb " + sub, description(spec)));
        }
        if (!command.positionalParameters().isEmpty()) {
            out.append(".SH ARGUMENTS\n");
            for (PositionalParamSpec parameter : command.positionalParameters()) {
                item(out, parameter.paramLabel(), description(parameter));
            }
        }
        out.append(".SH OPTIONS\n");
        for (OptionSpec option : command.options()) {
            String names = String.join(", ", option.names());
            boolean valued = option.arity().max() > 0;
            item(out, valued ? names + "=" + option.paramLabel() : names, description(option));
        }
        out.append(".SH EXIT STATUS\n");
        CommandSpec root = top ? command : command.root();
        root.usageMessage().exitCodeList().forEach((code, meaning) -> item(out, code.strip(), meaning));
        section(out, "SEE ALSO", top ? "git(1)" : "git\\-zodb(1), git(1)");
        return out.toString();
    }

    private static void section(StringBuilder out, String title, String text) {
        out.append(".SH ").append(title).append('\n').append(text).append('\n');
    }

    private static void item(StringBuilder out, String what, String text) {
        out.append(".TP\n.B ")
                .append(escaped(what))
                .append('\n')
                .append(escaped(text))
                .append('\n');
    }

    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
