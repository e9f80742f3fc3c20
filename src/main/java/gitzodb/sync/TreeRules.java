package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.git.GitConfig;
import gitzodb.git.Repository;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.TreeAttributes;
import gitzodb.tree.TreeException;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What decides, beside the database, how a tree comes out: its settings and what it leaves out. Read from the tree they
 * are for.
 *
 * @param files the files that say so, by path in the tree folder
 */
record TreeRules(TreeSettings settings, IgnoreRules ignore, SortedMap<String, Bytes> files) {
    /** Returns the rules of the tree folder of a commit; those of a new tree if it has none. */
    static TreeRules of(Repository repository, ObjectId commit, String folder, BoundDatabase database)
            throws IOException {
        try (var tree = repository.tree(commit, folder)) {
            TreeRules rules = of(new GitFileTree(tree), database.binding().ignoreFiles(), fresh(database));
            rules.requireConsent(
                    database.config(),
                    database.name(),
                    TreeSettings.of(database.storage().generation())
                            .in(rules.settings().format()));
            return rules.requireFormats(database.surroundings().formats());
        }
    }

    /** Reads the rules of a tree; {@code otherwise} if it has no settings. */
    static TreeRules of(FileTree tree, List<String> ignoreFolders, TreeRules otherwise) throws IOException {
        return tree.find(FileNames.SETTINGS).isEmpty() ? otherwise : of(tree, ignoreFolders);
    }

    /** Reads the rules of a tree that has settings. */
    static TreeRules of(FileTree tree, List<String> ignoreFolders) throws IOException {
        TreeMap<String, Bytes> files = new TreeMap<>();
        files.put(FileNames.SETTINGS, tree.read(FileNames.SETTINGS));
        if (tree.find(FileNames.ATTRIBUTES).isPresent()) {
            files.put(FileNames.ATTRIBUTES, tree.read(FileNames.ATTRIBUTES));
        }
        for (String folder : ignoreFolders) {
            String path = folder.isEmpty() ? FileNames.IGNORE : folder + "/" + FileNames.IGNORE;
            if (tree.find(path).isPresent()) {
                files.put(path, tree.read(path));
            }
        }
        return of(files);
    }

    /** Returns the folders of a tree that have ignore rules. */
    static List<String> ignoreFolders(FileTree tree) throws IOException {
        List<String> found = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(""));
        while (!open.isEmpty()) {
            String folder = open.pop();
            for (FileTree.Entry entry : tree.list(folder)) {
                if (entry.kind() == FileTree.Kind.FOLDER) {
                    open.push(folder.isEmpty() ? entry.name() : folder + "/" + entry.name());
                } else if (entry.name().equals(FileNames.IGNORE)) {
                    found.add(folder);
                }
            }
        }
        return found;
    }

    /** Returns the rules that a set of files says. */
    static TreeRules of(SortedMap<String, Bytes> files) throws IOException {
        TreeSettings settings = TreeSettings.parse(files.getOrDefault(FileNames.SETTINGS, Bytes.EMPTY));
        IgnoreRules ignore = IgnoreRules.NONE;
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            if (file.getKey().equals(FileNames.IGNORE)) {
                ignore = ignore.with("", file.getValue());
            } else if (file.getKey().endsWith("/" + FileNames.IGNORE)) {
                String folder = file.getKey().substring(0, file.getKey().length() - FileNames.IGNORE.length() - 1);
                ignore = ignore.with(folder, file.getValue());
            }
        }
        return new TreeRules(settings, ignore, files);
    }

    /** Returns the rules of a new tree of this database. */
    static TreeRules fresh(BoundDatabase database) throws IOException {
        return fresh(TreeSettings.of(database.storage().generation()));
    }

    static TreeRules fresh(TreeSettings settings) {
        TreeMap<String, Bytes> files = new TreeMap<>();
        files.put(FileNames.SETTINGS, settings.content());
        files.put(FileNames.ATTRIBUTES, TreeAttributes.content(settings.format()));
        return new TreeRules(settings, IgnoreRules.NONE, files);
    }

    /**
     * A repository alone cannot make secrets come out of a database: its user has to say the same.
     *
     * @param before what was agreed so far
     */
    void requireConsent(GitConfig local, String database, TreeSettings before) throws RefusedException {
        String key = "zodb." + database + ".secrets";
        boolean loose = settings.keepSecrets() || before.loosenedBy(settings);
        if (loose && !local.find(key).orElse("omit").equals("keep")) {
            throw new RefusedException(FileNames.SETTINGS + " of the tree puts "
                    + (settings.keepSecrets() ? "password hashes and connection strings" : "what it kept secret so far")
                    + " into git; if you want that, run 'git config " + key + " keep'");
        }
    }

    /** Refuses class formats that there are not; returns this. */
    TreeRules requireFormats(ClassFormats formats) throws TreeException {
        settings.requireFormats(formats, files.getOrDefault(FileNames.SETTINGS, Bytes.EMPTY));
        return this;
    }

    /** Writes the files that say these rules. */
    void writeTo(TreeSink sink) throws IOException {
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            sink.put(file.getKey(), file.getValue());
        }
    }

    /** Returns a hash of all that changes the bytes of a tree, 32 bytes. */
    Bytes hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, content) -> {
                if (!path.equals(FileNames.ATTRIBUTES)) {
                    digest.update(
                            Bytes.utf8(path + "\0" + content.length() + "\0").toArray());
                    digest.update(content.toArray());
                }
            });
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
