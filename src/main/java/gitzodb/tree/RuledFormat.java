package gitzodb.tree;

import gitzodb.classes.Attributes;
import gitzodb.classes.ClassFormat;
import gitzodb.classes.FormatException;
import gitzodb.classes.FormatSettings;
import gitzodb.classes.SourceAttribute;
import gitzodb.classes.SourceContent;
import gitzodb.pickle.Value;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The format that {@code .zodbconfig} gives a class: that of another class, natural files for attributes, attributes left
 * out.
 *
 * @param base the format of the other class; the generic one if none is named
 */
record RuledFormat(ClassName cls, ClassRule rule, ClassFormat base) implements ClassFormat {
    @Override
    public Set<ClassName> classes() {
        return Set.of(cls);
    }

    @Override
    public boolean isFolder() {
        return base.isFolder();
    }

    @Override
    public Optional<String> collection() {
        return base.collection();
    }

    @Override
    public boolean isCollectionOptional() {
        return base.isCollectionOptional();
    }

    @Override
    public Cut cut(String attribute) {
        return base.cut(attribute);
    }

    @Override
    public boolean isSatellite() {
        return base.isSatellite();
    }

    @Override
    public boolean isValueHolder() {
        return base.isValueHolder();
    }

    @Override
    public Optional<String> blobExtension(ObjectState holder) {
        return base.blobExtension(holder);
    }

    @Override
    public boolean isRenewed() {
        return base.isRenewed();
    }

    @Override
    public Optional<ObjectState> renewed(ObjectState stored) {
        return base.renewed(stored);
    }

    @Override
    public String idAttribute() {
        return base.idAttribute();
    }

    @Override
    public boolean hasSource() {
        return base.hasSource() || !rule.sources().isEmpty();
    }

    @Override
    public List<SourceAttribute> sources(ObjectState treeState) {
        List<SourceAttribute> sources = new ArrayList<>(base.sources(treeState));
        rule.sources().forEach((name, extension) -> {
            boolean known = sources.stream().anyMatch(source -> source.name().equals(name));
            if (!known && isContent(treeState.attribute(name))) {
                sources.add(new SourceAttribute(name, extension, extension.isEmpty() ? Set.of() : Set.of(extension)));
            }
        });
        return sources;
    }

    private static boolean isContent(@Nullable Value value) {
        return value instanceof Value.Binary || Attributes.isSource(value);
    }

    @Override
    public ObjectState toTree(ObjectState stored, FormatSettings settings) {
        ObjectState shown = base.toTree(stored, settings);
        return settings.keepDerived() ? shown : Attributes.without(shown, rule.derived());
    }

    @Override
    public ObjectState toDatabase(
            ObjectState tree, @Nullable ObjectState stored, FormatSettings settings, SourceContent content)
            throws FormatException {
        ObjectState restored =
                stored == null || settings.keepDerived() ? tree : Attributes.restored(tree, stored, rule.derived());
        return base.toDatabase(restored, stored, settings, content);
    }
}
