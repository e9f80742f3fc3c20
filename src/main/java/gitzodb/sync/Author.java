package gitzodb.sync;

import gitzodb.bytes.Bytes;
import java.nio.charset.StandardCharsets;

/** The name of a commit's author, from the user of a transaction. */
final class Author {
    /** Who signs what no single user made. */
    static final String DATABASE = "zodb";

    private Author() {}

    /**
     * Returns the user without the path of the user folder that Zope puts before it ({@code /acl_users ida}) and without
     * what git cannot keep in a name. Bytes that are not UTF-8 become U+FFFD.
     */
    static String of(Bytes user) {
        String text = new String(user.toArray(), StandardCharsets.UTF_8);
        int space = text.indexOf(' ');
        String name = text.startsWith("/") && space > 0 ? text.substring(space + 1) : text;
        StringBuilder kept = new StringBuilder();
        name.codePoints()
                .filter(c -> c >= ' ' && c != 0x7f && c != '<' && c != '>')
                .forEach(kept::appendCodePoint);
        String clean = kept.toString().strip().replaceAll("^[.,:;\"'\\\\]+|[.,:;\"'\\\\]+$", "");
        return clean.isEmpty() ? DATABASE : clean;
    }

    /** Returns the made-up address: nobody's. */
    static String address(String name) {
        return name.replaceAll("[\\s@]+", ".") + "@zodb.invalid";
    }
}
