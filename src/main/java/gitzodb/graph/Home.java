package gitzodb.graph;

import gitzodb.zodb.Label;
import gitzodb.zodb.Oid;
import org.jspecify.annotations.Nullable;

/**
 * The last edge of the least path to an object.
 *
 * @param parent where the edge comes from, null for the root
 * @param label the way from the parent, null for the root and for a node of a BTree or {@code Pdata} chain
 * @param kind what the edge counts as; {@link EdgeKind#CONTAINED} for the root
 * @param weight the weight of the whole path
 */
public record Home(@Nullable Oid parent, @Nullable Label label, EdgeKind kind, Weight weight) {
    public static final Home ROOT = new Home(null, null, EdgeKind.CONTAINED, Weight.ZERO);
}
