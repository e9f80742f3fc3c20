package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.classes.SourceContent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The natural files of one object that were read, by attribute. */
final class LoadedSources implements SourceContent {
    private final Map<String, Bytes> contents = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    void put(String attribute, Bytes content, boolean differs) {
        contents.put(attribute, content);
        if (differs) {
            changed.add(attribute);
        }
    }

    @Override
    public long length(String attribute) {
        return content(attribute).length();
    }

    @Override
    public Bytes head(String attribute, int limit) {
        Bytes content = content(attribute);
        return content.slice(0, Math.min(limit, content.length()));
    }

    @Override
    public boolean changed(String attribute) {
        return changed.contains(attribute) || !contents.containsKey(attribute);
    }

    private Bytes content(String attribute) {
        return contents.getOrDefault(attribute, Bytes.EMPTY);
    }
}
