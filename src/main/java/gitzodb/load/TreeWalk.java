package gitzodb.load;

import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.IgnoreRules;
import gitzodb.tree.NameCodec;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Place;
import gitzodb.tree.Problems;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeException;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the folders of a tree and finds the objects that have files. Whatever has no place in a tree (links, stray
 * files, names that no object has, names that some file systems take for one) is a problem.
 */
final class TreeWalk {
    /** Folders inside each other; deeper paths are longer than any file system takes. */
    private static final int MAX_DEPTH = 1_000;

    private final FileTree tree;
    private final Problems problems;
    private final Unread unread;
    private final Set<String> brokenFiles = new HashSet<>();
    private final Set<String> brokenObjects = new HashSet<>();

    TreeWalk(FileTree tree, Problems problems) {
        this(tree, problems, Unread.NOTHING);
    }

    /** Makes a walk that goes only where something is to be read. */
    TreeWalk(FileTree tree, Problems problems, Unread unread) {
        this.tree = tree;
        this.problems = problems;
        this.unread = unread;
    }

    /** Takes the units, a folder's own first, then those beside it, then those below. */
    interface Visitor {
        /** Returns the names of the files beside the unit's XML that belong to it. */
        Set<String> visit(Unit unit) throws IOException;
    }

    private record Place(String folder, ObjectPath path, int depth) {}

    void walk(Visitor visitor) throws IOException {
        walk("", ObjectPath.ROOT, visitor);
    }

    /** Walks one folder, whose objects are below {@code path}, and all below it. */
    void walk(String folder, ObjectPath path, Visitor visitor) throws IOException {
        Deque<Place> open = new ArrayDeque<>();
        open.push(new Place(folder, path, 0));
        while (!open.isEmpty()) {
            Place place = open.pop();
            if (place.depth > MAX_DEPTH) {
                problems.add(place.folder, 0, "", "folders nested deeper than " + MAX_DEPTH);
                continue;
            }
            List<Place> below = new Folder(place, visitor).read();
            below.reversed().forEach(open::push);
        }
    }

    /** Notes that the files of an object do not say all of it, so that what belongs to it cannot be told. */
    void broken(Unit unit) {
        brokenFiles.add(unit.file());
        brokenObjects.add(unit.path().toString());
    }

    /** True for an XML file that could not be read. */
    boolean isBroken(String file) {
        return brokenFiles.contains(file);
    }

    /** Returns the paths of the objects whose files do not say all of them. */
    Set<String> brokenObjects() {
        return Collections.unmodifiableSet(brokenObjects);
    }

    /** Reads one XML file; what is wrong with it becomes a problem, and the result is empty. */
    Optional<Element> element(String file) throws IOException {
        ParsedFile read = ParsedFile.read(tree, file);
        if (read.root() == null) {
            problems.add(file, read.line(), "", read.problem());
            brokenFiles.add(file);
        }
        return Optional.ofNullable(read.root());
    }

    /** Returns the message of an XML error without the file and line that a problem has anyway. */
    static String tail(XmlFormatException e) {
        String start = e.file() + ":" + e.line() + ":";
        String message = String.valueOf(e.getMessage());
        return message.startsWith(start) ? "column " + message.substring(start.length()) : message;
    }

    /** One folder being read. */
    private final class Folder {
        private final Place place;
        private final Visitor visitor;
        private final Map<String, String> folded = new HashMap<>();
        private final Map<String, Segment> byStem = new HashMap<>();
        private final Set<String> claimed = new HashSet<>();
        private final Set<String> known = new HashSet<>();
        private final Set<String> files = new TreeSet<>();
        private final List<String> folders = new ArrayList<>();

        Folder(Place place, Visitor visitor) {
            this.place = place;
            this.visitor = visitor;
        }

        List<Place> read() throws IOException {
            for (FileTree.Entry entry : tree.list(place.folder)) {
                String path = FileNames.join(place.folder, entry.name());
                String twin = folded.putIfAbsent(NameCodec.fold(entry.name()), entry.name());
                if (twin != null) {
                    problems.add(path, 0, "", meets(twin));
                    problems.add(FileNames.join(place.folder, twin), 0, "", meets(entry.name()));
                }
                switch (entry.kind()) {
                    case FILE -> files.add(entry.name());
                    case FOLDER -> folders.add(entry.name());
                    case OTHER -> problems.add(path, 0, "", "neither file nor folder; links are not followed");
                }
            }
            claimOwn();
            claimKnown();
            readUnits();
            List<Place> below = below();
            for (String name : files) {
                if (!claimed.contains(name) && !mayBelongToBroken(name)) {
                    problems.add(
                            FileNames.join(place.folder, name),
                            0,
                            "",
                            "no object names this file; remove it, or mend the object that should");
                }
            }
            return below;
        }

        /** A file of an object that cannot be read is not to be removed because nothing names it. */
        private boolean mayBelongToBroken(String name) {
            for (int end = name.length(); end > 0; end--) {
                boolean cut = end == name.length() || name.charAt(end) == '.' || name.charAt(end) == '#';
                if (cut && isBroken(FileNames.join(place.folder, FileNames.xml(name.substring(0, end))))) {
                    return true;
                }
            }
            return false;
        }

        private static String meets(String other) {
            return "some file systems take this name and " + other + " for one; rename one of them";
        }

        private void claimOwn() throws IOException {
            claimed.add(FileNames.IGNORE);
            if (files.contains(FileNames.IGNORE)) {
                checkRules(FileNames.join(place.folder, FileNames.IGNORE));
            }
            if (place.folder.isEmpty()) {
                claimed.add(FileNames.SETTINGS);
                claimed.add(FileNames.ATTRIBUTES);
            }
        }

        private void checkRules(String file) throws IOException {
            try {
                IgnoreRules.NONE.with(place.folder, tree.read(file));
            } catch (TreeException e) {
                problems.add(
                        file,
                        0,
                        "",
                        String.valueOf(e.getMessage()).substring(e.path().length() + 2));
            }
        }

        /** Files of objects that are not read are where they were. */
        private void claimKnown() {
            for (String name : files) {
                if (unread.isKnown(FileNames.join(place.folder, name))) {
                    known.add(name);
                }
            }
            claimed.addAll(known);
        }

        private void readUnits() throws IOException {
            String self = FileNames.xml(FileNames.SELF);
            if (files.contains(self) && !known.contains(self)) {
                claimed.add(self);
                unit(self, place.path);
            } else if (place.folder.isEmpty() && !known.contains(self)) {
                problems.add(self, 0, "/", "missing: the tree has no root object");
            }
            for (String name : files) {
                if (FileNames.isUnit(name) && !name.equals(self)) {
                    claimed.add(name);
                    String stem = name.substring(0, name.length() - FileNames.XML.length());
                    boolean isRead = !known.contains(name);
                    Optional<Element> element = isRead || NameCodec.isShortened(stem)
                            ? element(FileNames.join(place.folder, name))
                            : Optional.empty();
                    Segment segment = segment(stem, name, element.orElse(null));
                    if (segment != null) {
                        byStem.put(stem, segment);
                        if (isRead && element.isPresent()) {
                            visit(name, below(segment), element.get());
                        } else if (isRead) {
                            brokenObjects.add(below(segment).toString());
                        }
                    }
                }
            }
        }

        private void unit(String name, ObjectPath path) throws IOException {
            Optional<Element> element = element(FileNames.join(place.folder, name));
            if (element.isPresent()) {
                visit(name, path, element.get());
            } else {
                brokenObjects.add(path.toString());
            }
        }

        private void visit(String name, ObjectPath path, Element element) throws IOException {
            for (String file :
                    visitor.visit(new Unit(FileNames.join(place.folder, name), place.folder, path, element))) {
                if (!claimed.add(file)) {
                    problems.add(
                            FileNames.join(place.folder, name),
                            0,
                            path.toString(),
                            "file " + file + " belongs to another object");
                }
            }
        }

        private List<Place> below() throws IOException {
            List<Place> below = new ArrayList<>();
            for (String name : folders) {
                String stem = name.endsWith("#") ? name.substring(0, name.length() - 1) : name;
                String path = FileNames.join(place.folder, name);
                boolean entered = unread.enters(path);
                if (!entered && (!byStem.containsKey(stem) || known.contains(FileNames.xml(stem)))) {
                    continue;
                }
                String self = FileNames.join(path, FileNames.xml(FileNames.SELF));
                boolean own = tree.find(self).isPresent();
                if (own && byStem.containsKey(stem)) {
                    problems.add(self, 0, "", "the object is described twice, here and in " + FileNames.xml(stem));
                }
                Segment segment = byStem.get(stem);
                if (segment == null) {
                    boolean shortened = own && NameCodec.isShortened(stem);
                    segment = segment(stem, name, shortened ? element(self).orElse(null) : null);
                }
                if (entered && segment != null) {
                    below.add(new Place(path, below(segment), place.depth + 1));
                }
            }
            return below;
        }

        private ObjectPath below(Segment segment) {
            List<Segment> segments = new ArrayList<>(place.path.segments());
            segments.add(segment);
            return new ObjectPath(segments, List.of());
        }

        /** Returns what a path says as a segment; as it is if that is no segment. */
        private static String unescaped(String said) {
            try {
                return ObjectPath.segment(said).text();
            } catch (IllegalArgumentException e) {
                return said;
            }
        }

        private @Nullable Segment segment(String stem, String name, @Nullable Element element) {
            Segment.Mark mark = Segment.Mark.of(stem);
            String bare = stem.substring(mark.sign().length());
            try {
                Optional<String> id = NameCodec.id(bare);
                if (id.isPresent()) {
                    return new Segment(mark, id.get());
                }
            } catch (IllegalArgumentException e) {
                problems.add(FileNames.join(place.folder, name), 0, "", String.valueOf(e.getMessage()));
                return null;
            }
            String said = element == null ? null : element.get("name");
            if (said == null) {
                problems.add(
                        FileNames.join(place.folder, name),
                        0,
                        "",
                        "a shortened name, and no XML that says the full one");
                return null;
            }
            String full = unescaped(said);
            if (!NameCodec.name(full).equals(bare)
                    && !NameCodec.name(full, true).equals(bare)) {
                problems.add(
                        FileNames.join(place.folder, name), 1, "", "the file name does not fit the name in the file");
                return null;
            }
            return new Segment(mark, full);
        }
    }
}
