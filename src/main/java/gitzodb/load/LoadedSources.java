package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.classes.SourceContent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The natural files of one object that were read, by attribute. */
final class LoadedSources implements SourceContent {
    private final Map<String, NaturalFile> contents = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    void put(String attribute, NaturalFile content, boolean differs) {
        contents.put(attribute, content);
        if (differs) {
            changed.add(attribute);
        }
    }

    @Override
    public long length(String attribute) {
        NaturalFile content = contents.get(attribute);
        return content == null ? 0 : content.length();
    }

    @Override
    public Bytes head(String attribute, int limit) {
        NaturalFile content = contents.get(attribute);
        return content == null ? Bytes.EMPTY : content.head(limit);
    }

    @Override
    public boolean changed(String attribute) {
        return changed.contains(attribute) || !contents.containsKey(attribute);
    }
}
