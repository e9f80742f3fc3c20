package gitzodb.xml;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Instance;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.zodb.Step;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code <datetime at="2024-05-01T12:00:00"/>}, {@code <date at="…"/>}, {@code <time at="…"/>} of the module
 * {@code datetime}, with six more digits if there are microseconds. A time zone is the one child.
 */
record DateTimes(String element) implements Notation {
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)");
    private static final Pattern TIME = Pattern.compile("(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{6}))?");

    @Override
    public List<String> attributes() {
        return List.of("at");
    }

    @Override
    public Step step(int child) {
        return new Step.Position(child + 1);
    }

    private boolean hasDate() {
        return !element.equals("time");
    }

    private boolean hasTime() {
        return !element.equals("date");
    }

    @Override
    public Optional<Shown> write(Instance value, Dialect dialect) {
        if (value.how() != Instance.How.REDUCE
                || !value.callable().equals(new Value.Global("datetime", element))
                || !(value.args() instanceof PyTuple args)
                || args.items().isEmpty()
                || args.items().size() > (hasTime() ? 2 : 1)) {
            return Optional.empty();
        }
        Bytes packed = dialect.bytes(args.items().getFirst());
        if (packed == null || packed.length() != (hasDate() ? 4 : 0) + (hasTime() ? 6 : 0)) {
            return Optional.empty();
        }
        List<Value> zone = args.items().subList(1, args.items().size());
        return Optional.of(new Shown(Element.of(element).with("at", text(packed)), zone));
    }

    private String text(Bytes packed) {
        StringBuilder text = new StringBuilder();
        int at = 0;
        if (hasDate()) {
            int year = unsigned(packed, 0) << 8 | unsigned(packed, 1);
            text.append(String.format(Locale.ROOT, "%04d-%02d-%02d", year, unsigned(packed, 2), unsigned(packed, 3)));
            at = 4;
        }
        if (hasTime()) {
            text.append(hasDate() ? "T" : "");
            text.append(String.format(
                    Locale.ROOT,
                    "%02d:%02d:%02d",
                    unsigned(packed, at),
                    unsigned(packed, at + 1),
                    unsigned(packed, at + 2)));
            int micros = unsigned(packed, at + 3) << 16 | unsigned(packed, at + 4) << 8 | unsigned(packed, at + 5);
            text.append(micros == 0 ? "" : String.format(Locale.ROOT, ".%06d", micros));
        }
        return text.toString();
    }

    private static int unsigned(Bytes bytes, int index) {
        return bytes.at(index) & 0xff;
    }

    @Override
    public Instance read(Element shown, List<Value> inner, Dialect dialect) throws Malformed {
        byte[] packed = packed(shown.get("at"));
        if (inner.size() > (hasTime() ? 1 : 0)) {
            throw new Malformed("<" + element + "> holds at most a time zone");
        }
        Value bytes = dialect.bytes(Bytes.wrap(packed));
        Value.Global type = new Value.Global("datetime", element);
        return inner.isEmpty() ? Instance.reduce(type, bytes) : Instance.reduce(type, bytes, inner.getFirst());
    }

    private byte[] packed(@Nullable String at) throws Malformed {
        String text = at == null ? "" : at;
        int cut = hasDate() && hasTime() ? text.indexOf('T') : -1;
        String date = cut < 0 ? text : text.substring(0, cut);
        byte[] packed = new byte[(hasDate() ? 4 : 0) + (hasTime() ? 6 : 0)];
        if (hasDate()) {
            Matcher matcher = matched(DATE, date, text);
            int year = number(matcher, 1, 1, 9999);
            packed[0] = (byte) (year >> 8);
            packed[1] = (byte) year;
            packed[2] = (byte) number(matcher, 2, 1, 12);
            packed[3] = (byte) number(matcher, 3, 1, 31);
        }
        if (hasTime()) {
            Matcher matcher = matched(TIME, cut < 0 ? text : text.substring(cut + 1), text);
            int from = packed.length - 6;
            packed[from] = (byte) number(matcher, 1, 0, 23);
            packed[from + 1] = (byte) number(matcher, 2, 0, 59);
            packed[from + 2] = (byte) number(matcher, 3, 0, 59);
            int micros = matcher.group(4) == null ? 0 : number(matcher, 4, 0, 999_999);
            packed[from + 3] = (byte) (micros >> 16);
            packed[from + 4] = (byte) (micros >> 8);
            packed[from + 5] = (byte) micros;
        }
        return packed;
    }

    private Matcher matched(Pattern pattern, String part, String whole) throws Malformed {
        Matcher matcher = pattern.matcher(part);
        if (!matcher.matches()) {
            throw new Malformed("not a " + element + ": " + whole);
        }
        return matcher;
    }

    private static int number(Matcher matcher, int group, int least, int most) throws Malformed {
        int number = Integer.parseInt(matcher.group(group));
        if (number < least || number > most) {
            throw new Malformed("out of range: " + matcher.group());
        }
        return number;
    }
}
