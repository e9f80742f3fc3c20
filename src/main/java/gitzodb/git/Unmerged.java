package gitzodb.git;

import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;

/**
 * A file that a merge left in conflict.
 *
 * @param path from the top of the work tree
 * @param mode as in the index, octal
 * @param versions the blobs that git has of it
 */
public record Unmerged(String path, String mode, Map<Version, ObjectId> versions) {
    /** One of the three versions. */
    public enum Version {
        BASE(1),
        OURS(2),
        THEIRS(3);

        private final int stage;

        Version(int stage) {
            this.stage = stage;
        }

        int stage() {
            return stage;
        }
    }

    public Unmerged {
        versions = Map.copyOf(versions);
    }

    public boolean has(Version version) {
        return versions.containsKey(version);
    }

    /** Returns whether both sides have the file. */
    public boolean isTwoSided() {
        return has(Version.OURS) && has(Version.THEIRS);
    }

    /** Takes lines {@code MODE BLOB STAGE<tab>PATH}, as git lists conflicts; sorted by path. */
    static Map<String, Unmerged> parse(Iterable<String> lines) {
        Map<String, Unmerged> files = new TreeMap<>();
        for (String line : lines) {
            int tab = line.indexOf('\t');
            String[] facts = line.substring(0, tab).split(" ", -1);
            String path = line.substring(tab + 1);
            Version version = Version.values()[facts[2].charAt(0) - '1'];
            Map<Version, ObjectId> versions = new TreeMap<>();
            versions.put(version, ObjectId.fromString(facts[1]));
            Unmerged known = files.get(path);
            if (known != null) {
                versions.putAll(known.versions);
            }
            files.put(path, new Unmerged(path, facts[0], versions));
        }
        return files;
    }
}
