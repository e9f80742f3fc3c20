package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The notations of this format. */
final class Notations {
    private static final List<Notation> ALL = List.of(
            new SetNotation("set"),
            new SetNotation("frozenset"),
            new DateTimes("datetime"),
            new DateTimes("date"),
            new DateTimes("time"),
            TextNotation.TIMEDELTA,
            new ZopeDateTime(),
            TextNotation.DECIMAL,
            TextNotation.UUID,
            TextNotation.PATTERN,
            TextNotation.TIMEZONE,
            TextNotation.COMPLEX,
            new ByteArrayNotation(),
            new ProvidesNotation(),
            new MessageNotation());

    private static final Map<String, Notation> BY_ELEMENT =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Notation::element, Function.identity()));

    /** The last part of the names of classes and callables that have one; tried first, as most instances have none. */
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("set", "set"),
            Map.entry("frozenset", "frozenset"),
            Map.entry("datetime", "datetime"),
            Map.entry("date", "date"),
            Map.entry("time", "time"),
            Map.entry("timedelta", "timedelta"),
            Map.entry("DateTime", "DateTime"),
            Map.entry("_reconstructor", "DateTime"),
            Map.entry("Decimal", "decimal"),
            Map.entry("UUID", "uuid"),
            Map.entry("timezone", "timezone"),
            Map.entry("complex", "complex"),
            Map.entry("bytearray", "bytearray"),
            Map.entry("Provides", "provides"),
            Map.entry("Message", "message"),
            Map.entry("_compile", "pattern"));

    private Notations() {}

    static Set<String> elements() {
        return BY_ELEMENT.keySet();
    }

    static Optional<Notation> of(String element) {
        return Optional.ofNullable(BY_ELEMENT.get(element));
    }

    /** Returns the notation that an instance may have. */
    static Optional<Notation> of(Instance instance) {
        return instance.callable() instanceof Value.Global(String module, String name)
                ? Optional.ofNullable(BY_NAME.get(name)).flatMap(Notations::of)
                : Optional.empty();
    }
}
