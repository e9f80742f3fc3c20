package gitzodb.git;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line such as {@code Zodb-Tid: 03f6dcd2f24cbead} at the end of a commit message. */
public record Trailer(String key, String value) {
    private static final Pattern LINE = Pattern.compile("([A-Za-z0-9][A-Za-z0-9-]*): ?(.*)");

    public Trailer {
        if (!LINE.matcher(key + ": " + value).matches()) {
            throw new IllegalArgumentException("not a trailer: " + key + ": " + value);
        }
    }

    static List<Trailer> of(String message) {
        String text = message.strip();
        int paragraph = text.lastIndexOf("\n\n");
        List<Trailer> trailers = new ArrayList<>();
        if (paragraph >= 0) {
            for (String line : text.substring(paragraph + 2).lines().toList()) {
                Matcher matcher = LINE.matcher(line.strip());
                if (matcher.matches()) {
                    trailers.add(new Trailer(matcher.group(1), matcher.group(2).strip()));
                }
            }
        }
        return List.copyOf(trailers);
    }

    /** Returns a message with trailers at its end, in a paragraph of their own unless it ends with trailers already. */
    public static String append(String message, List<Trailer> trailers) {
        StringBuilder text = new StringBuilder(message.strip());
        if (!trailers.isEmpty()) {
            text.append(endsWithTrailers(message) ? "\n" : "\n\n");
            for (Trailer trailer : trailers) {
                text.append(trailer.key()).append(": ").append(trailer.value()).append('\n');
            }
            text.setLength(text.length() - 1);
        }
        return text.append('\n').toString();
    }

    private static boolean endsWithTrailers(String message) {
        String text = message.strip();
        int paragraph = text.lastIndexOf("\n\n");
        return paragraph >= 0
                && text.substring(paragraph + 2)
                        .lines()
                        .allMatch(line -> LINE.matcher(line.strip()).matches());
    }
}
