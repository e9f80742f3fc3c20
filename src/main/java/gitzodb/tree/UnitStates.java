package gitzodb.tree;

import gitzodb.btree.BTreeBuilder;
import gitzodb.btree.Entry;
import gitzodb.btree.KeyOrder;
import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.classes.FormatException;
import gitzodb.classes.Structure;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectRecord;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Makes the records of one unit's objects, with every reference resolved. */
final class UnitStates implements UnitReader.Links, UnitReader.Receiver {
    private final FileTree tree;
    private final Unit unit;
    private final TreeIndex index;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final NewOids newOids;
    private final Output output;
    private final Problems problems;
    private final RefForms refs;
    private final Set<String> files = new HashSet<>();
    private final Map<Integer, LoadedSources> sources = new HashMap<>();
    private final Map<Integer, HolderShape> shapes = new HashMap<>();

    UnitStates(
            FileTree tree,
            Unit unit,
            TreeIndex index,
            ClassFormats formats,
            TreeSettings settings,
            NewOids newOids,
            Output output,
            Problems problems) {
        this.tree = tree;
        this.unit = unit;
        this.index = index;
        this.formats = formats;
        this.settings = settings;
        this.newOids = newOids;
        this.output = output;
        this.problems = problems;
        refs = new RefForms(settings.generation(), protocol());
        shapes.put(0, index.shape(unit.path(), unit.element(), null, null));
    }

    /** Takes records. */
    interface Output {
        void record(Oid oid, Bytes data) throws IOException;

        void blob(Oid oid, Bytes data, Path file) throws IOException;
    }

    Set<String> files() {
        return files;
    }

    /** Returns the protocol of new records: what each generation's ZODB itself writes. */
    private int protocol() {
        return settings.generation() == Generation.PYTHON3 ? 3 : 1;
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
        Bytes content = tree.read(unit.beside(name));
        sources.computeIfAbsent(holder.number(), unused -> new LoadedSources(Set.of()))
                .put(attribute, content);
        return switch (element.name()) {
            case "text" -> new Value.Text(utf8(element, name, content));
            case "str", "bytes" -> bytes(element, attribute, content);
            default -> throw refused(element, "no file allowed here");
        };
    }

    /** The attribute of File and Image is the one that Zope cuts into chunks. */
    private Value bytes(Element element, String attribute, Bytes content) throws IOException {
        boolean str = element.name().equals("str");
        String chunks = element.get("chunks");
        List<Integer> lengths;
        try {
            lengths = chunks != null
                    ? PdataChunks.parse(chunks, content.length())
                    : attribute.equals("data") ? PdataChunks.lengths(content.length()) : List.of();
        } catch (IllegalArgumentException e) {
            throw refused(element, String.valueOf(e.getMessage()));
        }
        Map<Oid, ObjectState> chain = PdataChain.of(content, lengths, str, settings.generation(), refs, newOids);
        if (chain.isEmpty()) {
            return str ? new Value.Str(content) : new Value.Binary(content);
        }
        for (Map.Entry<Oid, ObjectState> piece : chain.entrySet()) {
            store(piece.getKey(), piece.getValue());
        }
        return refs.to(new Target(chain.keySet().iterator().next(), PdataChain.meta()), null, null);
    }

    private String utf8(Element element, String name, Bytes content) throws XmlFormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(content.buffer()).toString();
        } catch (CharacterCodingException e) {
            throw refused(element, "the file " + name + " is not UTF-8");
        }
    }

    @Override
    public void part(Nested holder, Element element, String file) {
        files.add(file);
    }

    @Override
    public void object(Nested nested, ObjectState state) throws IOException {
        LoadedSources content = sources.getOrDefault(nested.number(), new LoadedSources(Set.of()));
        try {
            store(
                    index.oid(unit, nested),
                    formats.of(state.className()).toDatabase(state, null, settings.formats(), content));
        } catch (FormatException e) {
            problem(nested, e);
        }
    }

    @Override
    public void tree(Nested nested, ClassMeta meta, List<Entry> entries) throws IOException {
        Structure.Node node = new TreeShapes(settings).of(unit, nested.element());
        try {
            BTreeBuilder.Built built =
                    new BTreeBuilder(node, meta, KeyOrder.of(settings.generation())).build(entries, newOids);
            store(index.oid(unit, nested), new ObjectState(meta, built.root()));
            for (Map.Entry<Oid, ObjectState> made : built.nodes().entrySet()) {
                store(made.getKey(), made.getValue());
            }
        } catch (FormatException e) {
            problem(nested, e);
        }
    }

    @Override
    public void blob(Nested nested) throws IOException {
        Oid oid = index.oid(unit, nested);
        Target target = Objects.requireNonNull(index.find(shape(nested).path().toString()));
        Bytes data = data(new ObjectState(target.meta(), Value.NONE));
        String name = nested.element().get("file");
        if (name == null) {
            output.record(oid, data);
            return;
        }
        files.add(name);
        Path copy = Files.createTempFile("git-zodb", ".blob");
        try {
            try (InputStream in = tree.open(unit.beside(name));
                    OutputStream out = Files.newOutputStream(copy)) {
                in.transferTo(out);
            }
            output.blob(oid, data, copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private void store(Oid oid, ObjectState state) throws IOException {
        output.record(oid, data(state));
    }

    private Bytes data(ObjectState state) {
        return ObjectRecord.write(state, settings.generation(), protocol());
    }

    private void problem(Nested nested, FormatException e) {
        problems.add(
                unit.file(), nested.element().line(), shape(nested).path().toString(), String.valueOf(e.getMessage()));
    }

    private XmlFormatException refused(Element element, String message) {
        return new XmlFormatException(unit.file(), element.line(), element.column(), message);
    }
}
