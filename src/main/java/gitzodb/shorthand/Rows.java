package gitzodb.shorthand;

import gitzodb.xml.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects lists by key from rows of one item each, in the order in which the keys come first. */
final class Rows {
    private final Map<String, List<Element>> lists = new LinkedHashMap<>();
    private @Nullable String last;

    /**
     * Adds a row; one without an item is of a key whose list is empty.
     *
     * @throws IllegalArgumentException if rows of one key do not stand together, or an empty one is not alone
     */
    void add(String key, @Nullable Element item) {
        List<Element> list = lists.get(key);
        if (list != null && (!key.equals(last) || item == null || list.isEmpty())) {
            throw new IllegalArgumentException("what belongs to " + key + " stands together, and an empty row alone");
        }
        last = key;
        if (list == null) {
            list = new ArrayList<>();
            lists.put(key, list);
        }
        if (item != null) {
            list.add(item);
        }
    }

    Map<String, List<Element>> all() {
        return lists;
    }
}
