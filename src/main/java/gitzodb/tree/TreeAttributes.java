package gitzodb.tree;

import gitzodb.bytes.Bytes;

/** The {@code .gitattributes} of a tree folder: git changes no line end, whatever a user has configured. */
public final class TreeAttributes {
    private TreeAttributes() {}

    /** Returns the content; from version 2 of the tree on git merges XML by our driver, where it is installed. */
    public static Bytes content(int format) {
        String merge = format < 2 ? "" : " merge=zodb";
        return Bytes.utf8("""
                * -text -ident -filter -working-tree-encoding
                *.zodb.xml text eol=lf%s
                """.formatted(merge));
    }
}
