package gitzodb.merge;

import gitzodb.xml.Element;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The marks of shared values. In a file they count in file order, so that a change above moves all; for a merge each is
 * named by the place of its value, and after it they are counted again.
 */
final class Marks {
    private static final String MARK = "id";
    private static final String AGAIN = "same";
    private static final int LONGEST = 120;

    private Marks() {}

    /** Returns whether an element holds a mark. */
    static boolean areIn(Element root) {
        Deque<Element> open = new ArrayDeque<>();
        open.push(root);
        while (!open.isEmpty()) {
            Element element = open.pop();
            if (element.get(MARK) != null) {
                return true;
            }
            element.children().forEach(open::push);
        }
        return false;
    }

    /** Returns the element with marks named by places. */
    static Element named(Element root) {
        return named(root, "", new HashMap<>());
    }

    private static Element named(Element element, String path, Map<String, String> names) {
        Element own = element;
        String mark = element.get(MARK);
        if (mark != null) {
            if (!element.name().equals(AGAIN)) {
                names.put(mark, name(path));
            }
            own = element.with(MARK, names.getOrDefault(mark, mark));
        }
        List<Element> children = new ArrayList<>();
        int position = 0;
        for (Element child : element.children()) {
            String key = Keys.of(child);
            boolean isMember = key.startsWith("<") || key.startsWith("=");
            children.add(named(child, path + "/" + (isMember ? child.name() + position : key), names));
            position++;
        }
        return ElementMerge.with(own, children, element.text());
    }

    private static String name(String path) {
        if (path.length() <= LONGEST && path.indexOf('\n') < 0) {
            return path;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(path.getBytes(StandardCharsets.UTF_8));
            return "/" + HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the element with marks counted in file order; empty if a value would be shared with one that is not there. */
    static Optional<Element> counted(Element root) {
        Set<String> used = new HashSet<>();
        if (!areSound(root, used)) {
            return Optional.empty();
        }
        return Optional.of(counted(root, used, new HashMap<>()));
    }

    /** Checks that each mark is given once and used behind that, in the same record; notes those in use. */
    private static boolean areSound(Element root, Set<String> used) {
        record Open(Element element, int record) {}
        Map<String, Integer> given = new HashMap<>();
        Deque<Open> open = new ArrayDeque<>();
        open.push(new Open(root, 0));
        int records = 0;
        while (!open.isEmpty()) {
            Open next = open.pop();
            Element element = next.element;
            int record = element.name().equals("object") ? ++records : next.record;
            String mark = element.get(MARK);
            if (mark != null) {
                if (element.name().equals(AGAIN)) {
                    used.add(mark);
                    if (!Integer.valueOf(record).equals(given.get(mark))) {
                        return false;
                    }
                } else if (given.put(mark, record) != null) {
                    return false;
                }
            }
            element.children().reversed().forEach(child -> open.push(new Open(child, record)));
        }
        return true;
    }

    private static Element counted(Element element, Set<String> used, Map<String, String> numbers) {
        Element own = element;
        String mark = element.get(MARK);
        if (mark != null) {
            if (used.contains(mark)) {
                numbers.putIfAbsent(mark, Integer.toString(numbers.size() + 1));
                own = element.with(MARK, numbers.getOrDefault(mark, mark));
            } else {
                own = element.without(MARK);
            }
        }
        List<Element> children = new ArrayList<>();
        element.children().forEach(child -> children.add(counted(child, used, numbers)));
        return ElementMerge.with(own, children, element.text());
    }
}
