package gitzodb.cli;

import gitzodb.tree.BadTreeException;
import gitzodb.tree.FileNames;
import gitzodb.tree.TreeException;
import gitzodb.xml.XmlFormatException;
import java.io.IOException;

/** Names files as users find them: below a tree they are known by their paths in its folder. */
final class ShownFiles {
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    private ShownFiles() {}

    /** Runs something; what it has to say of files of a tree is said of files in that folder. */
    static <T> T in(String folder, Action<T> action) throws IOException {
        try {
            return action.run();
        } catch (BadTreeException bad) {
            throw bad.in(folder);
        } catch (TreeException bad) {
            throw bad.in(folder);
        } catch (XmlFormatException bad) {
            throw bad.about(FileNames.join(folder, bad.file()));
        }
    }
}
