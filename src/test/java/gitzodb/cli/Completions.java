package gitzodb.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What shells need to complete {@code git zodb}, beside their completion of git. */
final class Completions {
    private static final Set<String> REVISIONS = Set.of("push", "diff", "verify");

    /** Labels of values that are files or folders. */
    private static final Set<String> FILES = Set.of("FILE", "DIR", "URL", "PATH");

    private Completions() {}

    /** Returns the scripts by file name. */
    static Map<String, String> of(CommandLine top) {
        Map<String, CommandSpec> commands = ManPages.commands(top);
        return Map.of("git-zodb.bash", bash(commands), "_git-zodb", zsh(commands), "git-zodb.fish", fish(commands));
    }

    private static String bash(Map<String, CommandSpec> commands) {
        String names = String.join(" ", commands.keySet());
        StringBuilder out = new StringBuilder("""
                # Completion of 'git zodb' for bash: source it after git's own. Made from the commands; see GeneratedFilesTest.

                _git_zodb ()
                {
                    local command i
                    for ((i = 1; i < cword; i++)); do
                        case ${words[i]} in
                """);
        out.append("            ").append(names.replace(" ", " | ")).append(") command=${words[i]}; break ;;\n");
        out.append("        esac\n    done\n    if [ -z \"$command\" ]; then\n");
        out.append("        __gitcomp \"").append(names).append("\"\n        return\n    fi\n");
        out.append("    case $command,$cur in\n");
        commands.forEach((name, command) -> out.append("        ")
                .append(name)
                .append(",-*) __gitcomp \"")
                .append(String.join(" ", longNames(command)))
                .append("\" ;;\n"));
        for (String name : commands.keySet()) {
            if (REVISIONS.contains(name)) {
                out.append("        ").append(name).append(",*) __git_complete_refs ;;\n");
            }
        }
        return out.append("    esac\n}\n").toString();
    }

    private static List<String> longNames(CommandSpec command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            if (option.longestName().startsWith("--")) {
                names.add(option.longestName() + (option.arity().min() > 0 ? "=" : ""));
            }
        }
        return names;
    }

    private static String zsh(Map<String, CommandSpec> commands) {
        StringBuilder out = new StringBuilder("""
                #compdef git-zodb
                #description a ZODB as a git working tree and a git remote
                # Completion of 'git zodb' for zsh: put the folder into fpath. Made from the commands; see GeneratedFilesTest.

                _git-zodb () {
                    local -a commands
                    commands=(
                """);
        commands.forEach((name, command) -> out.append("        ")
                .append(quoted(name + ":" + ManPages.description(command)))
                .append('\n'));
        out.append("    )\n    if (( CURRENT == 2 )); then\n        _describe -t commands 'command' commands\n");
        out.append("        return\n    fi\n    case $words[2] in\n");
        commands.forEach((name, command) -> {
            out.append("        ").append(name).append(") _arguments");
            for (OptionSpec option : command.options()) {
                String value = option.arity().min() > 0
                        ? ":" + option.paramLabel() + ":" + (isFile(option) ? "_files" : " ")
                        : "";
                for (String each : option.names()) {
                    boolean joined = !value.isEmpty() && each.startsWith("--");
                    String text = ManPages.description(option)
                            .replace("[", "(")
                            .replace("]", ")")
                            .replace(":", ",");
                    out.append(" \\\n            ")
                            .append(quoted("*" + each + (joined ? "=" : "") + "[" + text + "]" + value));
                }
            }
            String rest =
                    REVISIONS.contains(name) ? "{ (( $+functions[__git_references] )) && __git_references }" : "_files";
            out.append(" \\\n            '*: :").append(rest).append("' ;;\n");
        });
        return out.append("    esac\n}\n\n_git-zodb \"$@\"\n").toString();
    }

    private static String fish(Map<String, CommandSpec> commands) {
        StringBuilder out = new StringBuilder("""
                # Completion of 'git zodb' for fish: link it into ~/.config/fish/conf.d. Made from the commands; see GeneratedFilesTest.

                function __git_zodb_at
                    set -l words (commandline -opc)
                    test "$words[2]" = "$argv[1]"
                end

                complete -c git -n __fish_git_needs_command -a zodb -d 'A ZODB as a working tree and a remote'
                complete -c git -f -n '__fish_git_using_command zodb' -a '(__fish_git_complete_custom_command zodb)'
                """);
        commands.forEach((name, command) -> {
            out.append("complete -c git-zodb -f -n \"__git_zodb_at ''\" -a ")
                    .append(name)
                    .append(" -d ")
                    .append(quoted(ManPages.description(command)))
                    .append('\n');
            String here = "complete -c git-zodb -n '__git_zodb_at " + name + "'";
            for (OptionSpec option : command.options()) {
                out.append(here);
                for (String each : option.names()) {
                    out.append(each.startsWith("--") ? " -l " : " -s ").append(each.replaceFirst("^-+", ""));
                }
                out.append(option.arity().min() == 0 ? "" : isFile(option) ? " -r" : " -x")
                        .append(" -d ")
                        .append(quoted(ManPages.description(option)))
                        .append('\n');
            }
            if (REVISIONS.contains(name)) {
                out.append(here).append(" -f -a '(functions -q __fish_git_refs; and __fish_git_refs)'\n");
            }
        });
        return out.toString();
    }

    private static boolean isFile(OptionSpec option) {
        return FILES.contains(option.paramLabel());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "’") + "'";
    }
}
