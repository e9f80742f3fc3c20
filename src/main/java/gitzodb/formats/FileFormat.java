package gitzodb.formats;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceAttribute;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * File and Image (zope-classes §2.3). Size and ETag follow from the content, and so do width and height of the kinds of
 * picture whose header is read here; of other kinds they stay in the tree.
 */
final class FileFormat implements ClassFormat {
    private static final String DATA = "data";
    private static final String ETAG = "_EtagSupport__etag";
    private static final Map<String, String> EXTENSIONS =
            Map.of("image/gif", ".gif", "image/png", ".png", "image/jpeg", ".jpg", "image/svg+xml", ".svg");
    private static final Set<String> MEASURED = Set.of("image/gif", "image/png", "image/jpeg");
    private static final Set<String> PICTURES =
            Set.of(".gif", ".png", ".jpg", ".jpeg", ".jpe", ".svg", ".ico", ".webp", ".bmp", ".tif", ".tiff", ".avif");

    private final ClassName cls;
    private final boolean image;

    private FileFormat(String cls, boolean image) {
        this.cls = ClassName.parse(cls);
        this.image = image;
    }

    static FileFormat file() {
        return new FileFormat("OFS.Image.File", false);
    }

    static FileFormat image() {
        return new FileFormat("OFS.Image.Image", true);
    }

    @Override
    public Set<ClassName> classes() {
        return Set.of(cls);
    }

    @Override
    public boolean hasSource() {
        return true;
    }

    @Override
    public String idAttribute() {
        return "__name__";
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        if (!isContent(treeState.attribute(DATA))) {
            return List.of();
        }
        String extension = image ? EXTENSIONS.getOrDefault(type(treeState), "") : "";
        return List.of(new SourceAttribute(DATA, extension, image ? PICTURES : Set.of()));
    }

    private static boolean isContent(@Nullable Value value) {
        return value instanceof Value.Binary || value instanceof Value.Str || value instanceof Value.PersistentId;
    }

    private static String type(ObjectState state) {
        String type = Attributes.string(state.attribute("content_type"));
        return type == null ? "" : type;
    }

    /** Returns the attributes that are made from the content, of an object with this state. */
    private Set<String> derived(ObjectState state) {
        Set<String> names = new HashSet<>(Set.of("size", ETAG));
        if (image && MEASURED.contains(type(state))) {
            names.add("width");
            names.add("height");
        }
        return names;
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        return settings.keepDerived() || !isContent(stored.attribute(DATA))
                ? stored
                : Attributes.without(stored, derived(stored));
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content) {
        if (!isContent(tree.attribute(DATA))) {
            return tree;
        }
        if (stored != null && isContent(stored.attribute(DATA)) && !content.changed(DATA)) {
            return Attributes.restored(tree, stored, derived(stored));
        }
        if (stored == null && settings.keepDerived()) {
            return tree;
        }
        return measured(tree, stored, content);
    }

    private ObjectState measured(ObjectState tree, @Nullable ObjectState stored, SourceContent content) {
        ObjectState state = Attributes.without(tree, Set.of(ETAG));
        state = Attributes.with(state, "size", new Value.Int(content.length(DATA)));
        Optional<ImageSize> size = image ? ImageSize.read(content.head(DATA, ImageSize.HEAD)) : Optional.empty();
        if (state.attribute("content_type") == null) {
            String type = size.map(ImageSize::type).orElse("application/octet-stream");
            state = Attributes.with(state, "content_type", Attributes.text(tree, type));
        }
        if (size.isPresent()) {
            state = Attributes.with(state, "width", new Value.Int(size.get().width()));
            return Attributes.with(state, "height", new Value.Int(size.get().height()));
        }
        return image && stored != null ? withoutStaleSizes(state, stored) : state;
    }

    /** Sizes that the tree repeats from the old picture would be wrong; without them Zope writes none. */
    private static ObjectState withoutStaleSizes(ObjectState state, ObjectState stored) {
        boolean repeated = SameValue.test(state.attribute("width"), stored.attribute("width"))
                && SameValue.test(state.attribute("height"), stored.attribute("height"));
        return repeated ? Attributes.without(state, Set.of("width", "height")) : state;
    }
}
