package gitzodb.xml;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The notations of this format. */
final class Notations {
    static final List<Notation> ALL = List.of(new SetNotation("set"), new SetNotation("frozenset"));

    static final Map<String, Notation> BY_ELEMENT =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Notation::element, Function.identity()));

    private Notations() {}
}
