package gitzodb.tree;

import gitzodb.bytes.Bytes;

/** The {@code .gitattributes} of a tree folder: git changes no line end, whatever a user has configured. */
public final class TreeAttributes {
    private TreeAttributes() {}

    public static Bytes content() {
        return Bytes.utf8("""
                * -text -ident -filter -working-tree-encoding
                *.zodb.xml text eol=lf
                """);
    }
}
