package gitzodb.tree;

import gitzodb.zodb.Oid;

/**
 * Where an object goes in the tree.
 *
 * @param oid the object
 * @param owner the object in whose file it is; itself if it has a file
 * @param barred true if it and what is below it is folded, but for what has a source
 * @param nested how many folded objects it is inside of in its file, counting itself
 * @param content true for a piece of content beyond the most that are nested, if all of it is one natural file
 * @param shape its path, and how it names what it holds
 */
public record Place(Oid oid, Oid owner, boolean barred, int nested, boolean content, HolderShape shape) {
    public boolean isOwn() {
        return owner.equals(oid);
    }

    public ObjectPath path() {
        return shape.path();
    }
}
