package gitzodb.git;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the git program, such as 2.39. */
public record GitVersion(int major, int minor) implements Comparable<GitVersion> {
    /** The first with hooks in the configuration ({@code hook.<name>.command}). */
    public static final GitVersion CONFIG_HOOKS = new GitVersion(2, 54);

    /** The oldest that is supported: {@code rev-parse --path-format}. */
    static final GitVersion OLDEST = new GitVersion(2, 31);

    private static final Pattern TEXT = Pattern.compile("git version (\\d{1,6})\\.(\\d{1,6}).*", Pattern.DOTALL);

    /** Reads the output of {@code git version}: {@code git version 2.39.5 (Apple Git-154)}. */
    public static GitVersion parse(String text) throws GitException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new GitException("not a version of git: " + text.strip());
        }
        return new GitVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    public boolean atLeast(GitVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(GitVersion other) {
        return Comparator.comparingInt(GitVersion::major)
                .thenComparingInt(GitVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
