package gitzodb.graph;

import gitzodb.zodb.Label;
import gitzodb.zodb.Step;
import java.util.Set;

/** What an edge counts as in the weight of a path, heaviest first (tree-format §1). */
public enum EdgeKind {
    /** An attribute that leads back: {@code __parent__}, {@code aq_parent}, {@code parent}, … */
    BACK,
    /** A slot of a list, tuple, set or argument list, or the inside of a key, which has no name without what it holds. */
    POSITION,
    /** A key that is no text. */
    OTHER_KEY,
    /** An attribute named {@code __…__}. */
    HIDDEN,
    /** A key that is text. */
    TEXT_KEY,
    ATTRIBUTE,
    CONTAINED,
    /** From a BTree or {@code Pdata} chain to one of its own nodes: no weight, no label. */
    NODE;

    private static final Set<String> BACK_NAMES = Set.of("__parent__", "aq_parent", "parent", "context", "__bases__");

    /** Returns the kind of the worst step; {@link #CONTAINED} and {@link #NODE} are never it. */
    public static EdgeKind of(Label label) {
        EdgeKind worst = ATTRIBUTE;
        for (Step step : label.steps()) {
            EdgeKind kind = of(step);
            worst = kind.compareTo(worst) < 0 ? kind : worst;
        }
        return worst;
    }

    private static EdgeKind of(Step step) {
        return switch (step) {
            case Step.Attribute(String name) -> of(name);
            case Step.Key key -> TEXT_KEY;
            case Step.OtherKey key -> OTHER_KEY;
            case Step.Position position -> POSITION;
        };
    }

    private static EdgeKind of(String attribute) {
        if (attribute.equals(Step.INSIDE_KEY)) {
            return POSITION;
        }
        return BACK_NAMES.contains(attribute) ? BACK : isHidden(attribute) ? HIDDEN : ATTRIBUTE;
    }

    private static boolean isHidden(String name) {
        return name.length() > 4 && name.startsWith("__") && name.endsWith("__");
    }
}
