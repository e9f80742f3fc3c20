package gitzodb.merge;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which value of a conflict is to stay. */
public enum Choice {
    OURS,
    THEIRS,
    BASE,

    /** Ours, and what only theirs has: for lists and what else has members. */
    UNION;

    /** Returns the name as options have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the value.
     *
     * @throws ChoiceException if there is no union of the two
     */
    Optional<Element> of(Conflict conflict) throws ChoiceException {
        return Optional.ofNullable(
                switch (this) {
                    case OURS -> conflict.ours();
                    case THEIRS -> conflict.theirs();
                    case BASE -> conflict.base();
                    case UNION -> union(conflict);
                });
    }

    private static @Nullable Element union(Conflict conflict) throws ChoiceException {
        Element ours = conflict.ours();
        Element theirs = conflict.theirs();
        if (ours == null || theirs == null) {
            return ours == null ? theirs : ours;
        }
        boolean members = switch (Shape.of(ours.children().isEmpty() ? theirs : ours)) {
            case MEMBERS, GROUPS, LIST, TUPLE -> true;
            case KEYED, SORTED, ORDERED -> false;
            case FIELDS, TEXT, WHOLE -> throw new ChoiceException(conflict.at() + " holds no members to unite");
        };
        if (!ours.name().equals(theirs.name())) {
            throw new ChoiceException(conflict.at() + " is of two types, which cannot be united");
        }
        Set<String> present = new HashSet<>();
        ours.children().forEach(child -> present.add(members ? Keys.ofMember(child) : Keys.of(child)));
        List<Element> all = new ArrayList<>(ours.children());
        for (Element child : theirs.children()) {
            if (present.add(members ? Keys.ofMember(child) : Keys.of(child))) {
                all.add(child);
            }
        }
        return ElementMerge.with(ours, all, ours.text());
    }
}
