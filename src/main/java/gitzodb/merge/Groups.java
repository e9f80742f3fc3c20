package gitzodb.merge;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that say a name and a member, where a name without members has a row that says the name alone. */
final class Groups {
    /** By row, the attribute that holds the name. */
    private static final Map<String, String> NAMES = Map.of("principal", "name", "plugin", "type");

    private Groups() {}

    /** Returns merged rows, with a bare one for each name that lost its last member and none for those that have one. */
    static List<Element> completed(List<Element> rows, Three values) {
        Set<String> filled = new HashSet<>();
        Set<String> present = new HashSet<>();
        for (Element row : rows) {
            present.add(name(row));
            if (!isBare(row)) {
                filled.add(name(row));
            }
        }
        List<Element> whole = new ArrayList<>(rows);
        whole.removeIf(row -> isBare(row) && filled.contains(name(row)));
        Set<String> theirs = names(values.theirs());
        for (String name : names(values.ours())) {
            if (theirs.contains(name) && !present.contains(name)) {
                Element like = first(values.ours(), name);
                String key = NAMES.getOrDefault(like.name(), "name");
                whole.add(place(whole, name), Element.of(like.name()).with(key, name));
            }
        }
        return whole;
    }

    private static int place(List<Element> rows, String name) {
        int at = 0;
        while (at < rows.size() && Keys.ORDER.compare(name(rows.get(at)), name) < 0) {
            at++;
        }
        return at;
    }

    private static String name(Element row) {
        String name = row.get(NAMES.getOrDefault(row.name(), "name"));
        return name == null ? "" : name;
    }

    private static boolean isBare(Element row) {
        return row.attributes().size() == 1
                && row.text().isEmpty()
                && row.children().isEmpty();
    }

    private static Set<String> names(@Nullable Element rows) {
        Set<String> names = new java.util.LinkedHashSet<>();
        if (rows != null) {
            rows.children().forEach(row -> names.add(name(row)));
        }
        return names;
    }

    private static Element first(@Nullable Element rows, String name) {
        if (rows != null) {
            for (Element row : rows.children()) {
                if (name(row).equals(name)) {
                    return row;
                }
            }
        }
        throw new IllegalArgumentException(name);
    }
}
