package gitzodb.load;

import gitzodb.btree.Entry;
import gitzodb.bytes.Bytes;
import gitzodb.pickle.Value;
import gitzodb.tree.FileTree;
import gitzodb.tree.HolderShape;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.PdataChunks;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeSettings;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes the records of one unit's objects, with every reference resolved. */
final class UnitStates implements UnitReader.Links, UnitReader.Receiver {
    private static final ClassName UNKNOWN = new ClassName("", "");

    private final FileTree tree;
    private final Unit unit;
    private final TreeIndex index;
    private final TreeSettings settings;
    private final ObjectWriter writer;
    private final RefForms refs;
    private final Set<String> files = new HashSet<>();
    private final Map<Integer, LoadedSources> sources = new HashMap<>();
    private final Map<Integer, HolderShape> shapes = new HashMap<>();

    UnitStates(FileTree tree, Unit unit, TreeIndex index, TreeSettings settings, ObjectWriter writer) {
        this.tree = tree;
        this.unit = unit;
        this.index = index;
        this.settings = settings;
        this.writer = writer;
        refs = new RefForms(settings.generation(), NewObjects.protocol(settings));
        shapes.put(0, index.shape(unit.path(), unit.element(), null, null));
    }

    Set<String> files() {
        return files;
    }

    private ObjectWriter.At at(Nested nested) {
        return new ObjectWriter.At(
                index.oid(unit, nested),
                shape(nested).path().toString(),
                unit.file(),
                nested.element().line(),
                holding(nested));
    }

    /** The class of what holds an object with a file of its own is in another file: its name has to do. */
    private SecretKeeper.Holding holding(Nested nested) {
        Nested holder = nested.holder();
        Label label = nested.label();
        if (holder != null && label == null) {
            return holding(holder);
        }
        if (holder == null || label == null) {
            List<Segment> segments = unit.path().segments();
            return new SecretKeeper.Holding(
                    UNKNOWN, segments.isEmpty() ? "" : segments.getLast().text());
        }
        String cls = holder.element().get("class");
        String attribute = label.last() instanceof Step.Attribute(String name) ? name : "";
        return new SecretKeeper.Holding(cls == null ? UNKNOWN : ClassName.parse(cls), attribute);
    }

    private HolderShape shape(Nested nested) {
        return Objects.requireNonNull(shapes.get(nested.number()));
    }

    @Override
    public Value nested(Nested nested) throws IOException {
        HolderShape holder = shape(Objects.requireNonNull(nested.holder()));
        Label label = Objects.requireNonNull(nested.label());
        ObjectPath path = holder.below(label, false);
        shapes.put(nested.number(), index.shape(path, nested.element(), holder, label));
        return to(nested.element(), path.toString(), nested.element().get("refclass"));
    }

    @Override
    public String path(Nested nested) {
        return shape(nested).path().toString();
    }

    @Override
    public Value child(Nested holder, Element element, Label label) throws IOException {
        return to(element, shape(holder).below(label, true).toString(), element.get("class"));
    }

    @Override
    public Value ref(Nested holder, Element element) throws IOException {
        String path = element.get("path");
        if (path != null) {
            return to(element, path, element.get("class"));
        }
        String oid = element.get("missing");
        String database = element.get("database");
        String cls = element.get("class");
        String form = element.get("form");
        try {
            if (oid != null) {
                ClassName name = cls == null ? new ClassName("", "") : ClassName.parse(cls);
                Target target = new Target(Oids.parse(unit, element, oid), ClassMeta.of(name));
                return refs.to(target, form == null && cls == null ? "bare" : form, cls);
            }
            String foreign = element.get("oid");
            if (database != null && foreign != null) {
                return refs.foreign(database, Oids.parse(unit, element, foreign), form, cls);
            }
        } catch (IllegalArgumentException e) {
            throw refused(element, String.valueOf(e.getMessage()));
        }
        throw refused(element, "a ref needs path, missing, or database and oid");
    }

    private Value to(Element element, String path, @org.jspecify.annotations.Nullable String cls) throws IOException {
        Target target = index.find(path);
        if (target == null) {
            throw refused(element, "refers to " + path + ", which is not there");
        }
        try {
            return refs.to(target, element.get("form"), cls);
        } catch (IllegalArgumentException e) {
            throw refused(element, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Value file(Nested holder, Element element, String attribute) throws IOException {
        String name = element.get("file");
        if (name == null) {
            throw refused(element, "no file named");
        }
        files.add(name);
        NaturalFile content = NaturalFile.of(tree, unit.beside(name));
        ObjectWriter.Content said = new ObjectWriter.Content(
                attribute, content, element.name().equals("str"), lengths(element, attribute, content));
        ObjectWriter.At at = at(holder);
        sources.computeIfAbsent(holder.number(), unused -> new LoadedSources())
                .put(attribute, content, !writer.isStored(at, said));
        return switch (element.name()) {
            case "text" -> new Value.Text(utf8(element, name, content.whole()));
            case "str", "bytes" -> writer.content(at, said);
            default -> throw refused(element, "no file allowed here");
        };
    }

    /** The attribute of File and Image is the one that Zope cuts into chunks. */
    private List<Integer> lengths(Element element, String attribute, NaturalFile content) throws IOException {
        String chunks = element.get("chunks");
        if (element.name().equals("text")) {
            return List.of();
        }
        if (chunks == null) {
            return attribute.equals("data") ? PdataChunks.lengths(content.length()) : List.of();
        }
        try {
            return PdataChunks.parse(chunks, content.length());
        } catch (IllegalArgumentException e) {
            throw refused(element, String.valueOf(e.getMessage()));
        }
    }

    private String utf8(Element element, String name, Bytes content) throws XmlFormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content.buffer()).toString();
        } catch (CharacterCodingException e) {
            throw refused(element, "the file " + name + " is not UTF-8");
        }
    }

    @Override
    public void node(Nested node, Nested tree, int number) {
        ObjectPath path = shape(tree).path().node(number);
        shapes.put(node.number(), index.shape(path, node.element(), null, null));
    }

    @Override
    public void part(Nested holder, Element element, String file) {
        files.add(file);
    }

    @Override
    public void object(Nested nested, ObjectState state) throws IOException {
        writer.object(at(nested), state, sources.getOrDefault(nested.number(), new LoadedSources()));
    }

    @Override
    public void tree(Nested nested, ClassMeta meta, List<Entry> entries) throws IOException {
        writer.tree(at(nested), new TreeShapes(settings).of(unit, nested.element()), meta, entries);
    }

    @Override
    public void blob(Nested nested) throws IOException {
        Target target = Objects.requireNonNull(index.find(shape(nested).path().toString()));
        String name = nested.element().get("file");
        if (name != null) {
            files.add(name);
        }
        writer.blob(at(nested), target.meta(), name == null ? null : unit.beside(name));
    }

    @Override
    public void unreadable(Nested nested, Bytes record) throws IOException {
        writer.unreadable(at(nested), record);
    }

    private XmlFormatException refused(Element element, String message) {
        return new XmlFormatException(unit.file(), element.line(), element.column(), message);
    }
}
