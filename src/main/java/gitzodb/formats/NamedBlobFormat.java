package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files and images of Plone, whose content is a blob. {@code size} is a cache of its length; {@code _modified} is when it was
 * put in, by which Plone knows scales that are older; without it Plone takes the time of the record.
 */
final class NamedBlobFormat implements ClassFormat {
    private static final List<String> CACHES = List.of("size", "_modified");
    private static final int MAX_EXTENSION = 8;
    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("application/json", ".json"),
            Map.entry("application/pdf", ".pdf"),
            Map.entry("application/zip", ".zip"),
            Map.entry("image/gif", ".gif"),
            Map.entry("image/jpeg", ".jpg"),
            Map.entry("image/png", ".png"),
            Map.entry("image/svg+xml", ".svg"),
            Map.entry("image/webp", ".webp"),
            Map.entry("text/css", ".css"),
            Map.entry("text/csv", ".csv"),
            Map.entry("text/html", ".html"),
            Map.entry("text/plain", ".txt"));

    @Override
    public Set<ClassName> classes() {
        return ClassList.of("plone.namedfile.file.NamedBlobFile", "plone.namedfile.file.NamedBlobImage");
    }

    @Override
    public int since() {
        return 2;
    }

    /** The extension of the name that the file had where it came from, else that of its type. */
    @Override
    public Optional<String> blobExtension(ObjectState holder) {
        String name = Attributes.string(holder.attribute("filename"));
        String extension = name == null ? "" : name.substring(Math.max(0, name.lastIndexOf('.')));
        if (isExtension(extension)) {
            return Optional.of(extension.toLowerCase(Locale.ROOT));
        }
        String type = Attributes.string(holder.attribute("contentType"));
        return Optional.of(BY_TYPE.getOrDefault(type == null ? "" : type, ""));
    }

    private static boolean isExtension(String text) {
        return text.length() > 1
                && text.length() <= MAX_EXTENSION
                && text.charAt(0) == '.'
                && text.chars().skip(1).allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c));
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() ? stored : Attributes.without(stored, derived(stored));
    }

    private static Set<String> derived(ObjectState state) {
        return CACHES.stream()
                .filter(name -> state.attribute(name) instanceof Value.Int)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        return stored == null ? tree : Attributes.restored(tree, stored, derived(stored));
    }

    @Override
    public boolean isRenewed() {
        return true;
    }

    /** Another content: its length is counted anew, and it is later than what was made of the old one. */
    @Override
    public Optional<ObjectState> renewed(ObjectState stored) {
        return Optional.of(Attributes.without(stored, derived(stored)));
    }
}
