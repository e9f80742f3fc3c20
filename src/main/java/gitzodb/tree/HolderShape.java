package gitzodb.tree;

import gitzodb.classes.ClassFormat;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.Structure;
import gitzodb.classes.Structures;
import gitzodb.xml.Element;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How an object of a tree names what it holds (tree-format §2): the paths of a tree read follow from labels as those of a
 * dump do.
 *
 * @param path the object
 * @param collection the attribute under which it keeps its children, null if it has none
 * @param mapping true for a persistent mapping, whose items are below {@code data}
 * @param itemsOf the object whose collection this structure is, null for any other object
 * @param tree true for a BTree, whose items have keys and no attributes
 */
public record HolderShape(
        ObjectPath path,
        @Nullable String collection,
        boolean mapping,
        @Nullable ObjectPath itemsOf,
        boolean tree) {
    private static final Set<String> WEAK = Set.of("weak", "legacy-weak", "oid");
    private static final Set<String> MAPPING_ATTRIBUTES = Set.of("data", "_container");

    static HolderShape root(ClassName cls, ClassFormats formats, TreeSettings settings) {
        return of(ObjectPath.ROOT, cls, name -> true, null, null, formats, settings);
    }

    /**
     * Returns the shape of an object.
     *
     * @param refers tells whether an attribute of the object is a reference to another one
     */
    static HolderShape of(
            ObjectPath path,
            ClassName cls,
            Predicate<String> refers,
            @Nullable HolderShape holder,
            @Nullable Label label,
            ClassFormats formats,
            TreeSettings settings) {
        Optional<String> ruled = settings.rule(cls).collection();
        ClassFormat format = formats.of(cls);
        Optional<String> usual =
                format.collection().filter(name -> !format.isCollectionOptional() || refers.test(name));
        String collection = ruled.or(() -> usual).orElse(null);
        boolean mapping = Structures.of(cls) == Structure.Plain.MAPPING;
        boolean tree = settings.structure(cls) instanceof Structure.Node;
        ObjectPath itemsOf =
                (mapping || tree) && holder != null && label != null && holder.isCollection(label) ? holder.path : null;
        return new HolderShape(path, collection, mapping, itemsOf, tree);
    }

    /** Returns the shape of an object that is read; {@code holder} and {@code label} are null for one with a file. */
    public static HolderShape read(
            ObjectPath path,
            Element element,
            @Nullable HolderShape holder,
            @Nullable Label label,
            ClassFormats formats,
            TreeSettings settings) {
        return of(path, cls(element), name -> refers(element, name), holder, label, formats, settings);
    }

    private static boolean refers(Element element, String attribute) {
        for (Element child : element.children()) {
            boolean reference = switch (child.name()) {
                case "object", "tree", "child" -> true;
                case "ref" -> child.get("database") == null && !WEAK.contains(String.valueOf(child.get("form")));
                default -> false;
            };
            if (BTreeFolderNotation.says(child, attribute) || (reference && attribute.equals(child.get("name")))) {
                return true;
            }
        }
        return false;
    }

    public static ClassName cls(Element element) {
        String text = element.get("class");
        try {
            return ClassName.parse(text == null ? ":" : text);
        } catch (IllegalArgumentException e) {
            return new ClassName("", "");
        }
    }

    private boolean isCollection(Label label) {
        return label.steps().size() == 1
                && label.last() instanceof Step.Attribute(String name)
                && name.equals(collection);
    }

    /** Returns the path of what a label leads to; {@code own} if that has a file of its own. */
    public ObjectPath below(Label label, boolean own) {
        List<Step> steps = label.steps();
        String item = item(steps);
        if (item != null) {
            return append(holder(label), List.of(Segment.plain(item)), own);
        }
        boolean marked = collection != null || mapping;
        List<Segment> segments = new ArrayList<>(steps.size());
        for (Step step : steps) {
            segments.add(Segment.of(step, marked && segments.isEmpty()));
        }
        return append(path, segments, own);
    }

    /** Returns the path that {@link #below} adds to: the object whose collection this is, or the object itself. */
    ObjectPath holder(Label label) {
        return itemsOf != null && item(label.steps()) != null ? itemsOf : path;
    }

    private @Nullable String item(List<Step> steps) {
        Step last = steps.getLast();
        if (!(last instanceof Step.Key(String key))) {
            return null;
        }
        boolean fits = switch (steps.size()) {
            case 1 -> tree && itemsOf != null;
            case 2 ->
                steps.getFirst() instanceof Step.Attribute(String attribute)
                        && (mapping ? MAPPING_ATTRIBUTES.contains(attribute) : attribute.equals(collection));
            default -> false;
        };
        return fits ? key : null;
    }

    private static ObjectPath append(ObjectPath base, List<Segment> more, boolean own) {
        List<Segment> segments = new ArrayList<>(own ? base.segments() : base.local());
        if (own) {
            segments.addAll(base.local());
        }
        segments.addAll(more);
        return own ? ObjectPath.owned(segments, base.segments().size()) : ObjectPath.folded(base.segments(), segments);
    }
}
