package gitzodb.graph;

/** How many edges of each kind a path has; ordered by the heaviest kind first. Node edges weigh nothing. */
public record Weight(int back, int position, int otherKey, int hidden, int textKey, int attribute, int contained)
        implements Comparable<Weight> {
    public static final Weight ZERO = new Weight(0, 0, 0, 0, 0, 0, 0);

    public Weight plus(EdgeKind kind) {
        return switch (kind) {
            case BACK -> new Weight(back + 1, position, otherKey, hidden, textKey, attribute, contained);
            case POSITION -> new Weight(back, position + 1, otherKey, hidden, textKey, attribute, contained);
            case OTHER_KEY -> new Weight(back, position, otherKey + 1, hidden, textKey, attribute, contained);
            case HIDDEN -> new Weight(back, position, otherKey, hidden + 1, textKey, attribute, contained);
            case TEXT_KEY -> new Weight(back, position, otherKey, hidden, textKey + 1, attribute, contained);
            case ATTRIBUTE -> new Weight(back, position, otherKey, hidden, textKey, attribute + 1, contained);
            case CONTAINED -> new Weight(back, position, otherKey, hidden, textKey, attribute, contained + 1);
            case NODE -> this;
        };
    }

    @Override
    public int compareTo(Weight other) {
        int order = Integer.compare(back, other.back);
        order = order != 0 ? order : Integer.compare(position, other.position);
        order = order != 0 ? order : Integer.compare(otherKey, other.otherKey);
        order = order != 0 ? order : Integer.compare(hidden, other.hidden);
        order = order != 0 ? order : Integer.compare(textKey, other.textKey);
        order = order != 0 ? order : Integer.compare(attribute, other.attribute);
        return order != 0 ? order : Integer.compare(contained, other.contained);
    }
}
