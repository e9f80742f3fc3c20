package gitzodb.tree;

import gitzodb.bytes.Bytes;
import java.util.stream.IntStream;

/**
 * The {@code .gitattributes} of a tree folder: git changes no line end, whatever a user has configured, and hosting sites
 * colour what they do not know by name.
 */
public final class TreeAttributes {
    private TreeAttributes() {}

    /** True for the content of a tree of an older version, which nobody has changed. */
    public static boolean isOfOlder(Bytes content, int format) {
        return IntStream.range(1, format).anyMatch(older -> content(older).equals(content));
    }

    /** Returns the content; from version 2 of the tree on git merges XML by our driver, where it is installed. */
    public static Bytes content(int format) {
        String xml = "*.zodb.xml text eol=lf";
        String own = format < 2 ? xml + "\n" : xml + " merge=zodb linguist-language=XML\n" + """
                *.pt linguist-language=HTML
                *.zpt linguist-language=HTML
                *.cpt linguist-language=HTML
                *.dtml linguist-language=HTML
                *.xpt linguist-language=XML
                *.cpy linguist-language=Python
                *.vpy linguist-language=Python
                """;
        return Bytes.utf8("* -text -ident -filter -working-tree-encoding\n" + own);
    }
}
