package gitzodb.sync;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.git.GitConfig;
import gitzodb.git.Repository;
import gitzodb.tree.ChildList;
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
 * @param lists what {@link ChildList}s leave out, by folder; they are objects of the database, so no rule writes them
 */
record TreeRules(
        TreeSettings settings,
        IgnoreRules ignore,
        SortedMap<String, Bytes> files,
        SortedMap<String, List<String>> lists) {
    /** Returns the rules of the tree folder of a commit; those of a new tree if it has none. */
    static TreeRules of(Repository repository, ObjectId commit, String folder, BoundDatabase database)
            throws IOException {
        try (var tree = repository.tree(commit, folder)) {
            GitFileTree files = new GitFileTree(tree);
            // Of a tree that is not followed yet nobody knows them.
            boolean known = database.binding().live().isPresent();
            TreeRules rules = of(files, known ? database.binding().ruleFiles() : RuleFiles.of(files), fresh(database));
            rules.requireConsent(
                    database.config(),
                    database.name(),
                    TreeSettings.of(database.storage().generation())
                            .in(rules.settings().format()));
            return rules.requireFormats(database.surroundings().formats());
        }
    }

    /** Reads the rules of a tree; {@code otherwise} if it has no settings. */
    static TreeRules of(FileTree tree, List<String> ruleFiles, TreeRules otherwise) throws IOException {
        return tree.find(FileNames.SETTINGS).isEmpty() ? otherwise : of(tree, ruleFiles);
    }

    /** Reads the rules of a tree that has settings. */
    static TreeRules of(FileTree tree, List<String> ruleFiles) throws IOException {
        TreeMap<String, Bytes> files = new TreeMap<>();
        files.put(FileNames.SETTINGS, tree.read(FileNames.SETTINGS));
        if (tree.find(FileNames.ATTRIBUTES).isPresent()) {
            files.put(FileNames.ATTRIBUTES, tree.read(FileNames.ATTRIBUTES));
        }
        TreeMap<String, List<String>> lists = new TreeMap<>();
        for (String path : ruleFiles) {
            if (tree.find(path).isEmpty()) {
                continue;
            }
            if (RuleFiles.isIgnoreFile(path)) {
                files.put(path, tree.read(path));
            } else {
                String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
                ChildList.read(tree, path).ifPresent(names -> lists.put(folder, names));
            }
        }
        return of(files, lists);
    }

    /** Returns the rules that a set of files says. */
    private static TreeRules of(SortedMap<String, Bytes> files, SortedMap<String, List<String>> lists)
            throws IOException {
        TreeSettings settings = TreeSettings.parse(files.getOrDefault(FileNames.SETTINGS, Bytes.EMPTY));
        Bytes attributes = files.get(FileNames.ATTRIBUTES);
        if (attributes != null && TreeAttributes.isOfOlder(attributes, settings.format())) {
            files.put(FileNames.ATTRIBUTES, TreeAttributes.content(settings.format()));
        }
        IgnoreRules ignore = IgnoreRules.NONE;
        for (Map.Entry<String, Bytes> file : files.entrySet()) {
            if (file.getKey().equals(FileNames.IGNORE)) {
                ignore = ignore.with("", file.getValue());
            } else if (file.getKey().endsWith("/" + FileNames.IGNORE)) {
                String folder = file.getKey().substring(0, file.getKey().length() - FileNames.IGNORE.length() - 1);
                ignore = ignore.with(folder, file.getValue());
            }
        }
        return new TreeRules(settings, ignore, files, new TreeMap<>()).withLists(lists);
    }

    /** Returns these rules and those of objects that list children to be left out, by their folder. */
    TreeRules withLists(SortedMap<String, List<String>> childLists) {
        IgnoreRules all = ignore;
        for (Map.Entry<String, List<String>> list : childLists.entrySet()) {
            all = all.withNames(list.getKey(), list.getValue());
        }
        return new TreeRules(settings, all, files, childLists);
    }

    /** Returns the rules of a new tree of this database. */
    static TreeRules fresh(BoundDatabase database) throws IOException {
        return fresh(TreeSettings.of(database.storage().generation()));
    }

    static TreeRules fresh(TreeSettings settings) {
        TreeMap<String, Bytes> files = new TreeMap<>();
        files.put(FileNames.SETTINGS, settings.content());
        files.put(FileNames.ATTRIBUTES, TreeAttributes.content(settings.format()));
        return new TreeRules(settings, IgnoreRules.NONE, files, new TreeMap<>());
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
            lists.forEach((folder, names) ->
                    digest.update(Bytes.utf8("list " + folder + "\0" + String.join("\n", names) + "\0")
                            .toArray()));
            return Bytes.wrap(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
