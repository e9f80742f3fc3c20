package gitzodb.load;

import gitzodb.classes.ClassFormats;
import gitzodb.tree.BadTreeException;
import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.MixedTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problems;
import gitzodb.tree.Selection;
import gitzodb.tree.TreeSettings;
import gitzodb.xml.CanonicalXml;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import gitzodb.xml.XmlReader;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Puts some objects of one tree into another, for a load of a part. All other objects stay, with one exception that it
 * cannot do without: what holds an object that comes or goes lists it, or lists it no more.
 *
 * <p>An object taken without what is below it keeps the children it has in the base, in the order of the other tree.
 */
public final class Graft {
    private final FileTree base;
    private final FileTree other;
    private final Selection selection;
    private final FarObjects far;
    private final ClassFormats formats;
    private final TreeSettings settings;
    private final MixedTree mixed;
    private final Problems problems = new Problems();

    private Graft(
            FileTree base,
            FileTree other,
            Selection selection,
            FarObjects far,
            ClassFormats formats,
            TreeSettings settings)
            throws IOException {
        this.base = base;
        this.other = other;
        this.selection = selection;
        this.far = far;
        this.formats = formats;
        this.settings = settings;
        mixed = new MixedTree(base, other);
    }

    /**
     * Returns a tree that is {@code base} with the selected objects of {@code other}.
     *
     * @param selection with what is far below its objects
     * @throws BadTreeException if an object is in neither tree, or cannot be taken alone
     */
    public static MixedTree of(
            FileTree base,
            FileTree other,
            Selection selection,
            FarObjects far,
            ClassFormats formats,
            TreeSettings settings)
            throws IOException {
        Graft graft = new Graft(base, other, selection, far, formats, settings);
        for (ObjectPath top : selection.tops()) {
            graft.take(top);
        }
        for (ObjectPath object : selection.kept()) {
            graft.keep(object);
        }
        selection.keptFiles().forEach(graft.mixed::takeOut);
        graft.problems.throwIfAny();
        graft.relist();
        graft.problems.throwIfAny();
        return graft.mixed;
    }

    private void take(ObjectPath top) throws IOException {
        Optional<UnitFiles> before = UnitFiles.find(base, top);
        Optional<UnitFiles> after = UnitFiles.find(other, top);
        if (before.isEmpty() && after.isEmpty()) {
            problems.add("", 0, top.toString(), "neither the tree nor the database has this object");
            return;
        }
        if (after.isEmpty() && !selection.recurse()) {
            problems.add(
                    "",
                    0,
                    top.toString(),
                    "the tree does not have this object; without --no-recurse it is deleted, with all below it");
            return;
        }
        before.ifPresent(files -> remove(files, selection.recurse()));
        if (after.isPresent()) {
            add(other, after.get(), selection.recurse());
        }
    }

    /** What is kept has the files of the base, even if the base has none. */
    private void keep(ObjectPath object) throws IOException {
        Optional<UnitFiles> there = UnitFiles.find(other, object);
        if (there.isPresent()) {
            remove(there.get(), true);
            removeUnclaimed(there.get().file());
        }
        Optional<UnitFiles> before = UnitFiles.find(base, object);
        if (before.isPresent()) {
            add(base, before.get(), true);
        }
    }

    /** An XML that cannot be read does not say which files beside it are its own. */
    private void removeUnclaimed(String xml) {
        String stem = xml.substring(0, xml.length() - FileNames.XML.length());
        String folder = xml.substring(0, Math.max(0, xml.lastIndexOf('/')));
        for (FileTree.Entry entry : mixed.list(folder)) {
            String path = FileNames.join(folder, entry.name());
            String rest = path.startsWith(stem) ? path.substring(stem.length()) : "-";
            boolean ours = rest.isEmpty() || rest.startsWith(".") || rest.startsWith("#");
            boolean isObject = path.endsWith(FileNames.XML) && entry.name().indexOf('#') < 0;
            if (ours && !isObject && mixed.find(path + FileNames.XML).isEmpty()) {
                mixed.takeOut(path);
            }
        }
    }

    private void remove(UnitFiles files, boolean below) {
        files.files().forEach(mixed::takeOut);
        if (below) {
            files.folders().forEach(mixed::takeOutFolder);
        }
    }

    private void add(FileTree from, UnitFiles files, boolean below) throws IOException {
        for (String file : files.files()) {
            if (!mixed.add(from, file)) {
                odd(file);
            }
        }
        if (below) {
            for (String folder : files.folders()) {
                mixed.addFrom(from, folder).forEach(this::odd);
            }
        }
    }

    private void odd(String path) {
        if (!selection.keptFiles().contains(path)) {
            problems.add(path, 0, "", "neither file nor folder; links are not followed");
        }
    }

    /** Brings the lists of those into line whose children come from the other side than they do. */
    private void relist() throws IOException {
        Map<String, Set<String>> holders = new TreeMap<>();
        Set<ObjectPath> edges = new HashSet<>(selection.tops());
        edges.addAll(selection.kept());
        for (ObjectPath edge : edges) {
            Optional<ObjectPath> holder = holder(edge);
            if (holder.isPresent() && selection.takes(holder.get()) != selection.takes(edge)) {
                holders.computeIfAbsent(holder.get().toString(), unused -> new TreeSet<>())
                        .add(edge.toString());
            }
        }
        if (!selection.recurse()) {
            for (ObjectPath top : selection.tops()) {
                holders.computeIfAbsent(top.toString(), unused -> new TreeSet<>());
            }
        }
        for (Map.Entry<String, Set<String>> holder : holders.entrySet()) {
            relist(ObjectPath.parse(holder.getKey()), holder.getValue());
        }
    }

    private void relist(ObjectPath holder, Set<String> edges) throws IOException {
        boolean taken = selection.takes(holder);
        Optional<Listed> here = listed(taken ? other : base, holder);
        Optional<Listed> there = listed(taken ? base : other, holder);
        if (here.isEmpty()) {
            return;
        }
        Set<String> children = new TreeSet<>(edges);
        if (taken && !selection.recurse()) {
            children.addAll(here.get().children.keySet());
            there.ifPresent(listed -> children.addAll(listed.children.keySet()));
        }
        Element element = here.get().unit.element();
        boolean edited = false;
        for (String child : there.isEmpty() ? children : inOrder(children, there.get())) {
            ObjectPath path = ObjectPath.parse(child);
            if (selection.takes(path) == taken) {
                continue;
            }
            Optional<Element> result = relist(element, here.get(), there, path);
            if (result.isEmpty()) {
                problems.add(
                        here.get().unit.file(),
                        0,
                        holder.toString(),
                        "cannot take or leave " + child + " alone; load " + holder + " as a whole");
                return;
            }
            edited |= !result.get().equals(element);
            element = result.get();
        }
        if (edited) {
            mixed.write(here.get().unit.file(), CanonicalXml.bytes(element));
        }
    }

    /** In the order of a list, as each child goes behind its neighbour. */
    private static List<String> inOrder(Set<String> children, Listed listed) {
        Set<String> ordered = new LinkedHashSet<>(listed.children.keySet());
        ordered.retainAll(children);
        ordered.addAll(children);
        return List.copyOf(ordered);
    }

    private Optional<Element> relist(Element element, Listed here, Optional<Listed> there, ObjectPath child)
            throws IOException {
        boolean present = UnitFiles.find(mixed, child).isPresent();
        Element mine = here.children.get(child.toString());
        Element theirs =
                there.map(listed -> listed.children.get(child.toString())).orElse(null);
        if (!present) {
            return mine == null ? Optional.of(element) : ChildEdit.remove(element, mine);
        }
        if (theirs == null) {
            return mine == null ? Optional.empty() : Optional.of(element);
        }
        return mine == null
                ? ChildEdit.insert(element, there.orElseThrow().unit.element(), theirs)
                : ChildEdit.relist(element, mine, theirs);
    }

    private record Listed(Unit unit, Map<String, Element> children) {}

    private Optional<Listed> listed(FileTree tree, ObjectPath path) throws IOException {
        Optional<UnitFiles> files = UnitFiles.find(tree, path);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String file = files.get().file();
        try {
            String folder = file.substring(0, Math.max(0, file.lastIndexOf('/')));
            Unit unit = new Unit(file, folder, path, XmlReader.read(file, tree.read(file)));
            return Optional.of(new Listed(unit, ChildElements.of(tree, unit, formats, settings)));
        } catch (XmlFormatException bad) {
            // whoever reads the file for what it says reports it
            return Optional.empty();
        }
    }

    /** Returns the object that an object is listed in: the nearest above it with a file. */
    private Optional<ObjectPath> holder(ObjectPath path) throws IOException {
        if (path.isFar()) {
            return far.holder(path);
        }
        for (int depth = path.segments().size() - 1; depth >= 0; depth--) {
            ObjectPath above = new ObjectPath(path.segments().subList(0, depth), List.of());
            if (UnitFiles.find(mixed, above).isPresent()) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }
}
