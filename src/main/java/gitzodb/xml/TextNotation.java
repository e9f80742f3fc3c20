package gitzodb.xml;

import gitzodb.pickle.Generation;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Notations of values that one short text says. */
enum TextNotation implements Notation {
    /** {@code <decimal>1.10</decimal>}. */
    DECIMAL("decimal") {
        @Override
        @Nullable
        String text(Instance value, Dialect dialect) {
            Value only = argument(value, 0);
            return only == null ? null : dialect.text(only);
        }

        @Override
        Instance read(String text, Dialect dialect) {
            return Instance.reduce(new Value.Global("decimal", "Decimal"), dialect.text(text));
        }
    },

    /** {@code <timedelta>1 3600 0</timedelta>}: days, seconds, microseconds. */
    TIMEDELTA("timedelta") {
        @Override
        @Nullable
        String text(Instance value, Dialect dialect) {
            return argument(value, 0) instanceof Value.Int(long days)
                            && argument(value, 1) instanceof Value.Int(long seconds)
                            && argument(value, 2) instanceof Value.Int(long micros)
                    ? days + " " + seconds + " " + micros
                    : null;
        }

        @Override
        Instance read(String text, Dialect dialect) throws Malformed {
            String[] numbers = text.split(" ", -1);
            Value[] args = new Value[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                BigInteger number = Numbers.decimal(numbers[i]);
                args[i] = number.bitLength() < Long.SIZE ? new Value.Int(number.longValue()) : Value.NONE;
            }
            if (numbers.length != 3 || List.of(args).contains(Value.NONE)) {
                throw new Malformed("a timedelta is days, seconds and microseconds");
            }
            return Instance.reduce(new Value.Global("datetime", "timedelta"), args);
        }
    },

    /** {@code <timezone>+02:00</timezone>}: without a name; seconds only if there are any. */
    TIMEZONE("timezone") {
        private final Pattern form = Pattern.compile("([+-])([01][0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?");

        @Override
        public int since() {
            return 2;
        }

        @Override
        @Nullable
        String text(Instance value, Dialect dialect) {
            if (!(argument(value, 0) instanceof Instance delta)
                    || !(argument(delta, 0) instanceof Value.Int(long days))
                    || !(argument(delta, 1) instanceof Value.Int(long rest))
                    || Math.abs(days) > 1
                    || rest < 0
                    || rest >= DAY) {
                return null;
            }
            long offset = days * DAY + rest;
            long size = Math.abs(offset);
            String text = "%s%02d:%02d".formatted(offset < 0 ? "-" : "+", size / 3600, size / 60 % 60);
            return size % 60 == 0 ? text : text + ":%02d".formatted(size % 60);
        }

        @Override
        Instance read(String text, Dialect dialect) throws Malformed {
            Matcher matcher = form.matcher(text);
            if (!matcher.matches()) {
                throw new Malformed("a timezone is an offset such as +02:00");
            }
            String seconds = matcher.group(4);
            long size = Long.parseLong(matcher.group(2)) * 3600
                    + Long.parseLong(matcher.group(3)) * 60
                    + (seconds == null ? 0 : Long.parseLong(seconds));
            long offset = matcher.group(1).equals("-") ? -size : size;
            Instance delta = Instance.reduce(
                    new Value.Global("datetime", "timedelta"),
                    new Value.Int(Math.floorDiv(offset, DAY)),
                    new Value.Int(Math.floorMod(offset, DAY)),
                    new Value.Int(0));
            return Instance.reduce(new Value.Global("datetime", "timezone"), delta);
        }
    },

    /** {@code <pattern flags="32">a.*b</pattern>}: a compiled regular expression. */
    PATTERN("pattern") {
        @Override
        public int since() {
            return 2;
        }

        @Override
        public List<String> attributes() {
            return List.of("flags");
        }

        @Override
        @Nullable
        String text(Instance value, Dialect dialect) {
            Value text = argument(value, 0);
            return text == null ? null : dialect.text(text);
        }

        @Override
        public Optional<Shown> write(Instance value, Dialect dialect) {
            return argument(value, 1) instanceof Value.Int(long flags)
                    ? super.write(value, dialect)
                            .flatMap(shown -> Shown.of(shown.element().with("flags", String.valueOf(flags))))
                    : Optional.empty();
        }

        @Override
        public Instance read(Element shown, List<Value> inner, Dialect dialect) throws Malformed {
            String flags = shown.get("flags");
            BigInteger number = Numbers.decimal(flags == null ? "" : flags);
            if (number.bitLength() >= Long.SIZE) {
                throw new Malformed("flags of a pattern are a small number");
            }
            return Instance.reduce(
                    new Value.Global("re", "_compile"), dialect.text(shown.text()), new Value.Int(number.longValue()));
        }

        @Override
        Instance read(String text, Dialect dialect) throws Malformed {
            throw new Malformed("a pattern has flags");
        }
    },

    /** {@code <complex>1.5 -2.0</complex>}. */
    COMPLEX("complex") {
        @Override
        @Nullable
        String text(Instance value, Dialect dialect) {
            return argument(value, 0) instanceof Value.PyFloat real
                            && argument(value, 1) instanceof Value.PyFloat imaginary
                            && !Double.isNaN(real.value())
                            && !Double.isNaN(imaginary.value())
                    ? Numbers.text(real.value()) + " " + Numbers.text(imaginary.value())
                    : null;
        }

        @Override
        Instance read(String text, Dialect dialect) throws Malformed {
            String[] parts = text.split(" ", -1);
            if (parts.length != 2) {
                throw new Malformed("a complex is two floats");
            }
            return Instance.reduce(
                    dialect.builtin("complex"),
                    Value.PyFloat.of(Numbers.parse(parts[0])),
                    Value.PyFloat.of(Numbers.parse(parts[1])));
        }
    },

    /** {@code <uuid>12345678-1234-5678-1234-567812345678</uuid>}. */
    UUID("uuid") {
        private final Pattern form =
                Pattern.compile("([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})");

        @Override
        @Nullable
        String text(Instance value, Dialect dialect) {
            BigInteger number = value.state() instanceof PyDict state
                    ? switch (state.get("int")) {
                        case Value.Int(long small) -> BigInteger.valueOf(small);
                        case Value.BigInt(BigInteger big) -> big;
                        case null, default -> null;
                    }
                    : null;
            if (number == null || number.signum() < 0 || number.bitLength() > 128) {
                return null;
            }
            String digits = number.setBit(128).toString(16).substring(1);
            return String.join(
                    "-",
                    digits.substring(0, 8),
                    digits.substring(8, 12),
                    digits.substring(12, 16),
                    digits.substring(16, 20),
                    digits.substring(20));
        }

        @Override
        Instance read(String text, Dialect dialect) throws Malformed {
            Matcher matcher = form.matcher(text);
            if (!matcher.matches()) {
                throw new Malformed("not a uuid: " + text);
            }
            BigInteger number = new BigInteger(text.replace("-", ""), 16);
            boolean small = number.bitLength() < Long.SIZE && dialect.generation() == Generation.PYTHON3;
            PyDict state = new PyDict();
            state.put(dialect.text("int"), small ? new Value.Int(number.longValue()) : new Value.BigInt(number));
            return Instance.newobj(new Value.Global("uuid", "UUID")).state(state);
        }
    };

    private static final long DAY = 86_400;

    private final String element;

    TextNotation(String element) {
        this.element = element;
    }

    /** Returns the text of a value that may be of this kind; null if it is not. */
    abstract @Nullable String text(Instance value, Dialect dialect);

    abstract Instance read(String text, Dialect dialect) throws Malformed;

    @Override
    public String element() {
        return element;
    }

    @Override
    public boolean holdsText() {
        return true;
    }

    @Override
    public Optional<Shown> write(Instance value, Dialect dialect) {
        String text = text(value, dialect);
        return text == null ? Optional.empty() : Shown.of(Element.text(element, text));
    }

    @Override
    public Instance read(Element shown, List<Value> inner, Dialect dialect) throws Malformed {
        return read(shown.text(), dialect);
    }

    private static @Nullable Value argument(Instance value, int index) {
        return value.args() instanceof PyTuple args && args.items().size() > index
                ? args.items().get(index)
                : null;
    }
}
