package gitzodb.git;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of one setting in the configuration of the repository, which can be taken back. */
final class ConfigChange {
    private final String name;
    private final @Nullable String value;
    private Optional<String> before = Optional.empty();

    private ConfigChange(String name, @Nullable String value) {
        this.name = name;
        this.value = value;
    }

    static ConfigChange set(String name, String value) {
        return new ConfigChange(name, value);
    }

    static ConfigChange unset(String name) {
        return new ConfigChange(name, null);
    }

    String describe() {
        return value == null ? "git config --unset " + name : "git config " + name + " " + value;
    }

    void apply(Git git) throws IOException {
        GitResult old = git.attempt("config", "--local", "--get", name);
        before = old.succeeded() ? Optional.of(old.text()) : Optional.empty();
        change(git, Optional.ofNullable(value));
    }

    void undo(Git git) throws IOException {
        change(git, before);
    }

    private void change(Git git, Optional<String> to) throws IOException {
        if (to.isPresent()) {
            git.run("config", "--local", "--replace-all", name, to.get());
            return;
        }
        GitResult gone = git.attempt("config", "--local", "--unset-all", name);
        // 5: there was none, such as when another scope sets it.
        if (!List.of(0, 5).contains(gone.status())) {
            gone.orThrow();
        }
    }
}
