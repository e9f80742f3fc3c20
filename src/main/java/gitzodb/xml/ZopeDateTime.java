package gitzodb.xml;

import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code <DateTime at="2024-05-01T10:00:00Z" zone="GMT+2"/>}: a {@code DateTime.DateTime} whose state is (moment, naive,
 * zone). {@code at} is in UTC; {@code naive="yes"} if no zone was given; {@code kind} says how the moment is held:
 * microseconds as an int unless {@code long} (of Python 2) or {@code float} (seconds); {@code by="reconstructor"} as on an
 * instance.
 */
record ZopeDateTime() implements Notation {
    private static final Value.Global CLASS = new Value.Global("DateTime.DateTime", "DateTime");
    private static final long MILLION = 1_000_000;

    @Override
    public String element() {
        return "DateTime";
    }

    @Override
    public List<String> attributes() {
        return List.of("at", "zone", "naive", "kind", "by");
    }

    @Override
    public Optional<Shown> write(Instance value, Dialect dialect) {
        if (!(value.state() instanceof PyTuple state)
                || state.items().size() != 3
                || !(state.items().get(1) instanceof Value.Bool(boolean naive))) {
            return Optional.empty();
        }
        String zone = dialect.text(state.items().get(2));
        if (zone == null) {
            return Optional.empty();
        }
        Element element = Element.of("DateTime").with("zone", zone);
        if (naive) {
            element = element.with("naive", "yes");
        }
        if (value.how() == Instance.How.REDUCE) {
            element = element.with("by", "reconstructor");
        }
        try {
            return switch (state.items().getFirst()) {
                case Value.Int(long micros) -> Shown.of(element.with("at", moment(micros)));
                case Value.BigInt(BigInteger micros)
                when micros.bitLength() < Long.SIZE ->
                    Shown.of(element.with("kind", "long").with("at", moment(micros.longValue())));
                case Value.PyFloat seconds
                when Math.abs(seconds.value()) < 1e12 ->
                    Shown.of(element.with("kind", "float").with("at", moment(Math.round(seconds.value() * MILLION))));
                default -> Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String moment(long micros) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MILLION), (int) Math.floorMod(micros, MILLION) * 1000, ZoneOffset.UTC);
        if (at.getYear() < 1 || at.getYear() > 9999) {
            throw new DateTimeException("beyond four digits");
        }
        String second = String.format(
                Locale.ROOT,
                "%04d-%02d-%02dT%02d:%02d:%02d",
                at.getYear(),
                at.getMonthValue(),
                at.getDayOfMonth(),
                at.getHour(),
                at.getMinute(),
                at.getSecond());
        int rest = at.getNano() / 1000;
        return second + (rest == 0 ? "Z" : String.format(Locale.ROOT, ".%06dZ", rest));
    }

    private static long micros(String text) throws Malformed {
        if (!text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{6})?Z")) {
            throw new Malformed("not a moment in UTC: " + text);
        }
        try {
            LocalDateTime at = LocalDateTime.parse(text.substring(0, text.length() - 1));
            return at.toEpochSecond(ZoneOffset.UTC) * MILLION + at.get(java.time.temporal.ChronoField.MICRO_OF_SECOND);
        } catch (DateTimeException e) {
            throw new Malformed("no such moment: " + text);
        }
    }

    @Override
    public Instance read(Element element, List<Value> inner, Dialect dialect) throws Malformed {
        String at = element.get("at");
        String zone = element.get("zone");
        if (at == null || zone == null || !inner.isEmpty()) {
            throw new Malformed("<DateTime> needs at and zone, and holds nothing");
        }
        long micros = micros(at);
        String kind = element.get("kind");
        Value moment = switch (kind == null ? "" : kind) {
            case "" -> new Value.Int(micros);
            case "long" -> new Value.BigInt(BigInteger.valueOf(micros));
            case "float" -> Value.PyFloat.of(BigDecimal.valueOf(micros, 6).doubleValue());
            default -> throw new Malformed("unknown kind of DateTime: " + kind);
        };
        boolean naive = yes(element, "naive", "yes");
        Instance made = yes(element, "by", "reconstructor")
                ? Instance.reduce(dialect.reconstructor(), CLASS, dialect.builtin("object"), Value.NONE)
                : Instance.newobj(ClassName.of(CLASS).global());
        return made.state(PyTuple.of(moment, new Value.Bool(naive), dialect.text(zone)));
    }

    private static boolean yes(Element element, String attribute, String value) throws Malformed {
        String present = element.get(attribute);
        if (present != null && !present.equals(value)) {
            throw new Malformed(attribute + " is \"" + value + "\", if anything");
        }
        return present != null;
    }
}
