package gitzodb.merge;

import gitzodb.xml.Element;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One place in the three versions; null where a version has nothing. */
record Three(
        @Nullable Element base,
        @Nullable Element ours,
        @Nullable Element theirs) {
    /** Returns the part of an element in all three. */
    Three part(Function<Element, @Nullable Element> part) {
        return new Three(
                base == null ? null : part.apply(base),
                ours == null ? null : part.apply(ours),
                theirs == null ? null : part.apply(theirs));
    }

    /** Returns the first that is there. */
    Element any() {
        Element any = ours != null ? ours : theirs != null ? theirs : base;
        return Objects.requireNonNull(any);
    }

    boolean hasConflict() {
        return Conflict.is(base) || Conflict.is(ours) || Conflict.is(theirs);
    }
}
