package gitzodb.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;

/**
 * The edits in class-formats.md: code that Zope runs, and the diff that comes of it. With {@code -Dgitzodb.write=true}
 * tests write the diffs instead of comparing them.
 */
final class DiffGallery {
    private static final Pattern EDIT = Pattern.compile("```python\n(.*?)```\n```diff\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern HEADING = Pattern.compile("^diff --git a/(.*) b/(.*)$");

    /** An edit of one transaction. */
    record Edit(String code, String diff) {
        /** How many lines change in the file in which most do. */
        long changedLines() {
            return Arrays.stream(diff.split("(?m)^@@"))
                    .mapToLong(file -> file.lines().skip(1).count())
                    .max()
                    .orElse(0);
        }
    }

    private DiffGallery() {}

    private static Path docs() {
        return Workbench.product().resolve("src/docs/class-formats.md");
    }

    /** Returns the edits below a heading, up to the next one of any level. */
    static List<Edit> below(String heading) throws IOException {
        Matcher matcher = EDIT.matcher(section(heading));
        List<Edit> edits = new ArrayList<>();
        while (matcher.find()) {
            edits.add(new Edit(matcher.group(1), matcher.group(2)));
        }
        return edits;
    }

    private static String section(String heading) throws IOException {
        String text = Files.readString(docs());
        int start = text.indexOf(heading + "\n");
        int end = text.indexOf("\n#", start + 1);
        return text.substring(start, end < 0 ? text.length() : end);
    }

    /** Fails unless the docs show the diffs that were found, of at most three lines a file; or writes them. */
    static void check(String heading, List<Edit> shown, List<Edit> found) throws IOException {
        update(heading, found);
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(found).isNotEmpty();
        for (int i = 0; i < found.size(); i++) {
            Edit edit = found.get(i);
            softly.assertThat(edit.diff())
                    .as(edit.code())
                    .isEqualTo(shown.get(i).diff());
            softly.assertThat(edit.changedLines()).as(edit.diff()).isLessThanOrEqualTo(3);
        }
        softly.assertAll();
    }

    /** Writes what {@code edits} say into the section, if this run is to do so. */
    private static void update(String heading, List<Edit> edits) throws IOException {
        if (!Boolean.getBoolean("gitzodb.write")) {
            return;
        }
        String section = section(heading);
        String updated = section;
        for (Edit edit : edits) {
            String start = "```python\n" + edit.code + "```\n```diff\n";
            int at = updated.indexOf(start) + start.length();
            updated = updated.substring(0, at) + edit.diff + updated.substring(updated.indexOf("```\n", at));
        }
        Files.writeString(docs(), Files.readString(docs()).replace(section, updated));
    }

    /** Returns the edits with the diffs of their commits, whose subjects end in {@code edit 0} and so on. */
    static List<Edit> found(Checkout checkout, String before, List<Edit> edits, String folder) throws IOException {
        List<String> subjects =
                checkout.git("log", "--format=%s", before + "..HEAD").lines().toList();
        List<Edit> found = new ArrayList<>();
        for (int i = 0; i < edits.size(); i++) {
            String end = "edit " + i;
            int back = IntStream.range(0, subjects.size())
                    .filter(at -> subjects.get(at).endsWith(end))
                    .findFirst()
                    .orElse(-1);
            found.add(new Edit(edits.get(i).code, back < 0 ? "" : diff(checkout, "HEAD~" + back, folder)));
        }
        return found;
    }

    /** Returns a commit as the gallery shows it: paths, and lines without those around them. */
    private static String diff(Checkout checkout, String commit, String folder) throws IOException {
        String patch =
                checkout.git("show", "--format=", "--no-color", "--no-ext-diff", "--no-textconv", "-U0", "-M", commit);
        StringBuilder shown = new StringBuilder();
        for (String file : patch.split("(?m)^(?=diff --git )", -1)) {
            if (!file.isBlank()) {
                file(file.lines().toList(), folder, shown);
            }
        }
        return shown.toString();
    }

    private static void file(List<String> lines, String folder, StringBuilder shown) {
        Matcher heading = HEADING.matcher(unquoted(lines.getFirst()));
        if (!heading.matches()) {
            throw new IllegalArgumentException(lines.getFirst());
        }
        String old = heading.group(1).replaceFirst("^" + folder, "");
        String path = heading.group(2).replaceFirst("^" + folder, "");
        boolean added = lines.get(1).startsWith("new file");
        boolean deleted = lines.get(1).startsWith("deleted file");
        boolean binary = lines.getLast().startsWith("Binary files");
        String what = added ? "new file " : deleted ? "deleted file " : binary ? "binary file " : "";
        shown.append("@@ ")
                .append(what)
                .append(old.equals(path) ? "" : old + " -> ")
                .append(path);
        shown.append('\n');
        if (added || deleted || binary) {
            return;
        }
        int hunk = 0;
        while (hunk < lines.size() && !lines.get(hunk).startsWith("@@")) {
            hunk++;
        }
        for (String line : lines.subList(hunk, lines.size())) {
            if (line.startsWith("+") || line.startsWith("-")) {
                shown.append(line).append('\n');
            }
        }
    }

    private static String unquoted(String line) {
        return line.replace("\"", "");
    }
}
