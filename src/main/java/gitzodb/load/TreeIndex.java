package gitzodb.load;

import gitzodb.btree.Entry;
import gitzodb.classes.ClassFormats;
import gitzodb.pickle.PyList;
import gitzodb.pickle.Value;
import gitzodb.tree.ConflictMarkers;
import gitzodb.tree.FileTree;
import gitzodb.tree.HolderShape;
import gitzodb.tree.NameCodec;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Problem;
import gitzodb.tree.Problems;
import gitzodb.tree.TreeSettings;
import gitzodb.tree.UnreadableRecord;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateWalk;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is where in a tree: each object by its path, with the oid it will have. Made in a first reading, so that a second
 * one can resolve every reference; whatever does not fit together is a problem.
 */
final class TreeIndex {
    private record Place(String file, int line, String object) {}

    private final FileTree tree;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final GlobalPolicy policy;
    private final Problems problems;
    private final IndexedObjects objects = new IndexedObjects();
    private final Map<String, Place> unreadable = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final TreeSet<Oid> missing = new TreeSet<>();
    private LongFunction<Oid> numbering = Oid::new;
    private Outside outside = Outside.NOTHING;

    /** What a tree refers to and the index does not have. */
    interface Outside {
        Outside NOTHING = new Outside() {
            @Override
            public @Nullable Target find(String path) {
                return null;
            }

            @Override
            public boolean has(String path) {
                return false;
            }

            @Override
            public boolean isListed(String path) {
                return false;
            }
        };

        @Nullable
        Target find(String path) throws IOException;

        /** True if {@link #find} has something. */
        boolean has(String path);

        /** True if an object that is not in the index lists this one as its child. */
        boolean isListed(String path);
    }

    private TreeIndex(
            FileTree tree, ClassFormats formats, TreeSettings settings, GlobalPolicy policy, Problems problems) {
        this.policy = policy;
        this.tree = tree;
        this.formats = formats;
        this.settings = settings;
        this.problems = problems;
    }

    /** Reads a whole tree. Oids are given in the order of the files, from 0 for the root. */
    static TreeIndex of(
            FileTree tree, ClassFormats formats, TreeSettings settings, GlobalPolicy policy, Problems problems)
            throws IOException {
        return of(tree, formats, settings, policy, problems, Outside.NOTHING);
    }

    /** Reads a whole tree that may refer to what is outside of it. */
    static TreeIndex of(
            FileTree tree,
            ClassFormats formats,
            TreeSettings settings,
            GlobalPolicy policy,
            Problems problems,
            Outside beside)
            throws IOException {
        TreeIndex index = read(tree, formats, settings, policy, problems);
        index.numbering = new OidGaps(index.missing)::oid;
        index.outside = beside;
        index.check();
        return index;
    }

    /** Reads a whole tree; {@link #number} and {@link #check} are to follow. */
    static TreeIndex read(
            FileTree tree, ClassFormats formats, TreeSettings settings, GlobalPolicy policy, Problems problems)
            throws IOException {
        return read(tree, formats, settings, policy, problems, Unread.NOTHING);
    }

    /** Reads what is to be read of a tree; {@link #number} and {@link #check} are to follow. */
    static TreeIndex read(
            FileTree tree,
            ClassFormats formats,
            TreeSettings settings,
            GlobalPolicy policy,
            Problems problems,
            Unread unread)
            throws IOException {
        try (ReadAhead files = ReadAhead.of(tree, unread)) {
            TreeIndex index = new TreeIndex(files, formats, settings, policy, problems);
            TreeWalk walk = new TreeWalk(files, problems, unread);
            UnitReader reader = new UnitReader(settings, walk);
            walk.walk(unit -> index.add(unit, reader, walk));
            index.broken.addAll(walk.brokenObjects());
            return index;
        }
    }

    /**
     * Says which oid each object has.
     *
     * @param oids by path, asked in the order of the files
     * @param beside finds what the tree leaves out but may refer to
     */
    void number(Function<String, Oid> oids, Outside beside) {
        long[] given = new long[objects.count()];
        for (int i = 0; i < given.length; i++) {
            String path = objects.path(i);
            given[i] = path == null ? 0 : oids.apply(path).value();
        }
        numbering = number -> new Oid(given[Math.toIntExact(number)]);
        outside = beside;
    }

    /** Reports children and references that lead nowhere. */
    void check() {
        checkChildren();
        checkReferences();
    }

    /** Reports records that cannot be read, which no new database can be given. */
    void refuseUnreadable() {
        unreadable
                .values()
                .forEach(place -> problems.add(place.file, place.line, place.object, UnreadableRecord.REFUSAL));
    }

    /** Returns the objects that have a file. */
    Set<String> units() {
        return objects.units();
    }

    /** Returns the XML file of an object; null if it has none. */
    @Nullable
    String file(String path) {
        return objects.file(path);
    }

    /** Returns the class of an object; null if the tree does not hold it. */
    @Nullable
    ClassName classOf(String path) {
        ClassMeta meta = objects.meta(path);
        return meta == null ? null : meta.name();
    }

    /** Returns the objects of some classes, by path. */
    Set<String> ofClasses(Set<ClassName> classes) {
        return objects.of(classes);
    }

    /** Returns the paths that objects list as those of their children. */
    Set<String> listed() {
        return objects.listed();
    }

    /** Returns the paths of all objects, and the oids named as missing. */
    Set<String> allPaths() {
        return objects.all();
    }

    Set<Oid> missing() {
        return Collections.unmodifiableSet(missing);
    }

    /** Returns what a path leads to; null if nothing is there. */
    @Nullable
    Target find(String path) throws IOException {
        ClassMeta meta = objects.meta(path);
        return meta == null ? outside.find(path) : new Target(numbering.apply(objects.number(path)), meta);
    }

    /** Returns the oid of an object of a unit. */
    Oid oid(Unit unit, Nested nested) {
        int first = objects.unitNumber(unit.path().toString());
        if (first < 0) {
            throw new IllegalStateException("not in the index: " + unit.file());
        }
        return numbering.apply(first + nested.number());
    }

    /** Returns an oid such that all above it are neither in use nor named as missing. */
    Oid highest() {
        Oid last = numbering.apply(Math.max(0, objects.count() - 1));
        return missing.isEmpty() || missing.last().compareTo(last) < 0 ? last : missing.last();
    }

    /** Returns how an object that is read names what it holds. */
    HolderShape shape(ObjectPath path, Element element, @Nullable HolderShape holder, @Nullable Label label) {
        return HolderShape.read(path, element, holder, label, formats, settings);
    }

    private Set<String> add(Unit unit, UnitReader reader, TreeWalk walk) throws IOException {
        UnitIndex entries = new UnitIndex(unit);
        try {
            reader.read(unit, entries, entries);
        } catch (XmlFormatException e) {
            problems.add(
                    e.file().isEmpty() ? unit.file() : e.file(),
                    e.line(),
                    unit.path().toString(),
                    TreeWalk.tail(e));
            walk.broken(unit);
        }
        if (entries.files.stream().anyMatch(file -> walk.isBroken(unit.beside(file)))) {
            walk.broken(unit);
        }
        return entries.files;
    }

    private void checkChildren() {
        objects.listedWithoutFile(mention -> {
            String path = mention.path();
            if (!outside.has(path) && !broken.contains(path)) {
                report(mention, "lists the child " + path + ", which has no file");
            }
        });
        for (String path : objects.unlisted()) {
            if (!path.equals("/") && !outside.isListed(path) && !isBelowBroken(path)) {
                problems.add(String.valueOf(objects.file(path)), 0, path, "no object lists this one as its child");
            }
        }
    }

    private void report(IndexedObjects.Mention mention, String message) {
        problems.add(mention.file(), mention.line(), mention.object(), message);
    }

    /** True if what is next above an object, or may be, could not be read. */
    private boolean isBelowBroken(String path) {
        if (broken.isEmpty()) {
            return false;
        }
        String above = path;
        do {
            above = above.substring(0, Math.max(1, above.lastIndexOf('/')));
        } while (above.length() > 1 && objects.file(above) == null && !broken.contains(above));
        return broken.contains(above) || ObjectPath.parse(path).isBelowFar();
    }

    private boolean isInBroken(String path) {
        int hash = path.indexOf('#');
        return !broken.isEmpty() && broken.contains(hash < 0 ? path : path.substring(0, hash));
    }

    private void checkReferences() {
        objects.referredAndAbsent(mention -> {
            if (!outside.has(mention.path()) && !isInBroken(mention.path())) {
                report(mention, "refers to " + mention.path() + ", which is not there");
            }
        });
    }

    /** Returns the content of a tree as one state, without what can hold neither a reference nor a class. */
    static ObjectState contentOf(ClassMeta meta, List<Entry> entries) {
        List<Value> parts = new ArrayList<>();
        for (Entry entry : entries) {
            addPart(entry.key(), parts);
            addPart(entry.value(), parts);
        }
        return new ObjectState(meta, new PyList(parts));
    }

    private static void addPart(@Nullable Value value, List<Value> parts) {
        if (value instanceof Value.Node || value instanceof Value.Global || value instanceof Value.PersistentId) {
            parts.add(value);
        }
    }

    /** Reads one unit. */
    private final class UnitIndex implements UnitReader.Links, UnitReader.Receiver {
        private final Unit unit;
        private final int first;
        private final Set<String> files = new HashSet<>();
        private final Map<Integer, HolderShape> shapes = new HashMap<>();
        private int references;

        UnitIndex(Unit unit) {
            this.unit = unit;
            first = objects.unit(unit.path().toString(), unit.file());
            shapes.put(0, TreeIndex.this.shape(unit.path(), unit.element(), null, null));
        }

        private HolderShape shape(Nested nested) {
            return java.util.Objects.requireNonNull(shapes.get(nested.number()));
        }

        @Override
        public Value nested(Nested nested) {
            objects.next();
            HolderShape holder = shape(java.util.Objects.requireNonNull(nested.holder()));
            Label label = java.util.Objects.requireNonNull(nested.label());
            ObjectPath path = holder.below(label, false);
            shapes.put(nested.number(), TreeIndex.this.shape(path, nested.element(), holder, label));
            return standIn();
        }

        @Override
        public String path(Nested nested) {
            return shape(nested).path().toString();
        }

        @Override
        public void node(Nested node, Nested tree, int number) {
            objects.next();
            ObjectPath path = shape(tree).path().node(number);
            shapes.put(node.number(), TreeIndex.this.shape(path, node.element(), null, null));
        }

        @Override
        public Value child(Nested holder, Element element, Label label) {
            HolderShape shape = shape(holder);
            String path = shape.below(label, true).toString();
            String object = shape.path().toString();
            if (!objects.list(path, object, unit.file(), element.line())) {
                problems.add(unit.file(), element.line(), object, "lists the child " + path + " twice");
            }
            return standIn();
        }

        @Override
        public Value ref(Nested holder, Element element) throws XmlFormatException {
            String object = shape(holder).path().toString();
            String path = element.get("path");
            String missingOid = element.get("missing");
            if (path != null) {
                objects.refer(path, object, unit.file(), element.line());
            } else if (missingOid != null) {
                missing.add(Oids.parse(unit, element, missingOid));
            } else if (element.get("database") == null) {
                problems.add(unit.file(), element.line(), object, "a ref needs path, missing or database");
            }
            return standIn();
        }

        /** Returns a reference like no other, as it may be the key of a dict. */
        private Value standIn() {
            return new Value.PersistentId(new Value.Int(references++));
        }

        @Override
        public Value file(Nested holder, Element element, String attribute) throws IOException {
            String file = element.get("file");
            if (file == null) {
                return Value.NONE;
            }
            claim(holder, element, file);
            refuseConflict(holder, element, file);
            return element.name().equals("bytes") ? new Value.Binary(gitzodb.bytes.Bytes.EMPTY) : new Value.Text("");
        }

        private void refuseConflict(Nested holder, Element element, String file) throws IOException {
            String path = unit.beside(file);
            boolean there = NameCodec.isPortable(file)
                    && tree.find(path)
                            .filter(entry -> entry.kind() == FileTree.Kind.FILE)
                            .isPresent();
            int line = there && element.get(ConflictMarkers.ATTRIBUTE) == null ? markers(path) : 0;
            if (line > 0) {
                String object = shape(holder).path().toString();
                problems.add(
                        path,
                        line,
                        object,
                        "unmerged: conflict marker; settle the merge first, or, if this is content, add "
                                + ConflictMarkers.ATTRIBUTE + "=\"yes\" in " + unit.file() + " line " + element.line());
            }
        }

        private int markers(String path) throws IOException {
            try (InputStream content = tree.open(path)) {
                return ConflictMarkers.line(content);
            }
        }

        private void claim(Nested holder, Element element, String file) throws IOException {
            String object = shape(holder).path().toString();
            if (!NameCodec.isPortable(file)) {
                problems.add(unit.file(), element.line(), object, "not a name that every system can have: " + file);
            } else if (!files.add(file)) {
                problems.add(unit.file(), element.line(), object, "names the file " + file + " twice");
            } else if (tree.find(unit.beside(file))
                    .filter(entry -> entry.kind() == FileTree.Kind.FILE)
                    .isEmpty()) {
                problems.add(unit.file(), element.line(), object, "the file " + file + " is missing");
            }
        }

        @Override
        public void part(Nested holder, Element element, String file) throws IOException {
            claim(holder, element, file);
        }

        @Override
        public void object(Nested nested, ObjectState state) throws IOException {
            define(nested, state.meta());
            checkGlobals(nested, state);
        }

        private void checkGlobals(Nested nested, ObjectState state) throws IOException {
            Set<ClassName> checked = new HashSet<>();
            new StateWalk(settings.generation()).walk(state, new StateWalk.Visitor() {
                @Override
                public void reference(Value.PersistentId id, Label label) {}

                @Override
                public void global(Value.Global global) {
                    check(nested, ClassName.of(global), checked);
                }
            });
        }

        private void check(Nested nested, ClassName name, Set<ClassName> checked) {
            if (checked.add(name)) {
                Problem.Kind kind = DeniedGlobals.has(name) ? Problem.Kind.BAD : Problem.Kind.REFUSED;
                policy.objectionToTree(name)
                        .ifPresent(why -> problems.add(new Problem(
                                unit.file(),
                                nested.element().line(),
                                shape(nested).path().toString(),
                                why,
                                kind)));
            }
        }

        @Override
        public void tree(Nested nested, ClassMeta meta, List<Entry> entries) throws IOException {
            define(nested, meta);
            checkGlobals(nested, contentOf(meta, entries));
        }

        @Override
        public void blob(Nested nested) throws IOException {
            String file = nested.element().get("file");
            if (file != null) {
                claim(nested, nested.element(), file);
            }
            ClassName cls = nested.element().get("class") == null
                    ? new ClassName("ZODB.blob", "Blob")
                    : HolderShape.cls(nested.element());
            define(nested, ClassMeta.of(cls));
            check(nested, cls, new HashSet<>());
        }

        @Override
        public void unreadable(Nested nested, gitzodb.bytes.Bytes record) {
            define(nested, ClassMeta.of(UnreadableRecord.CLASS));
            String path = shape(nested).path().toString();
            unreadable.put(path, new Place(unit.file(), nested.element().line(), path));
        }

        private void define(Nested nested, ClassMeta meta) {
            String path = shape(nested).path().toString();
            if (!objects.define(path, first + nested.number(), meta)) {
                problems.add(unit.file(), nested.element().line(), path, "two objects have this path");
            }
        }
    }
}
