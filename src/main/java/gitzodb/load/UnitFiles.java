package gitzodb.load;

import gitzodb.tree.FileNames;
import gitzodb.tree.FileTree;
import gitzodb.tree.NameCodec;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problems;
import gitzodb.tree.Segment;
import gitzodb.xml.Element;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files of one object in a tree, found by its path alone.
 *
 * @param file its XML
 * @param files the XML and all that it names
 * @param folders where the objects below it are
 */
record UnitFiles(String file, Set<String> files, List<String> folders) {
    static Optional<UnitFiles> find(FileTree tree, ObjectPath path) throws IOException {
        List<String> parents = List.of("");
        List<Segment> segments = path.segments();
        for (int i = 0; i + 1 < segments.size(); i++) {
            parents = folders(tree, parents, segments.get(i));
        }
        String self = FileNames.xml(FileNames.SELF);
        if (segments.isEmpty()) {
            return at(tree, self, List.of(""));
        }
        List<String> folders = folders(tree, parents, segments.getLast());
        for (String folder : folders) {
            Optional<UnitFiles> found = at(tree, FileNames.join(folder, self), folders);
            if (found.isPresent()) {
                return found;
            }
        }
        for (String parent : parents) {
            for (String name : names(segments.getLast())) {
                Optional<UnitFiles> found = at(tree, FileNames.join(parent, FileNames.xml(name)), folders);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Returns the object that has a file, by the names on the way to it; empty if a name is none of a tree. */
    static Optional<ObjectPath> pathOf(FileTree tree, String xml) throws IOException {
        List<Segment> segments = new ArrayList<>();
        String[] names = xml.split("/", -1);
        String folder = "";
        for (int i = 0; i < names.length; i++) {
            boolean last = i + 1 == names.length;
            String name = names[i];
            if (last && name.startsWith(FileNames.SELF)) {
                break;
            }
            int hash = name.indexOf('#');
            String stem = hash >= 0
                    ? name.substring(0, hash)
                    : last && name.endsWith(FileNames.XML)
                            ? name.substring(0, name.length() - FileNames.XML.length())
                            : name;
            Optional<Segment> segment = segment(tree, folder, stem);
            if (segment.isEmpty()) {
                return Optional.empty();
            }
            segments.add(segment.get());
            folder = FileNames.join(folder, name);
        }
        return Optional.of(new ObjectPath(segments, List.of()));
    }

    private static Optional<Segment> segment(FileTree tree, String folder, String stem) throws IOException {
        Segment.Mark mark = Segment.Mark.of(stem);
        try {
            Optional<String> id = NameCodec.id(stem.substring(mark.sign().length()));
            if (id.isPresent()) {
                return Optional.of(new Segment(mark, id.get()));
            }
        } catch (IllegalArgumentException noName) {
            return Optional.empty();
        }
        String there = FileNames.join(folder, stem);
        for (String file : List.of(FileNames.xml(there), FileNames.join(there, FileNames.xml(FileNames.SELF)))) {
            if (isFile(tree, file)) {
                return named(new TreeWalk(tree, new Problems()).element(file), mark);
            }
        }
        return Optional.empty();
    }

    private static Optional<Segment> named(Optional<Element> element, Segment.Mark mark) {
        try {
            return element.map(xml -> xml.get("name"))
                    .map(name -> new Segment(mark, ObjectPath.segment(name).text()));
        } catch (IllegalArgumentException noSegment) {
            return Optional.empty();
        }
    }

    private static Optional<UnitFiles> at(FileTree tree, String file, List<String> folders) throws IOException {
        if (!isFile(tree, file)) {
            return Optional.empty();
        }
        String folder = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        Set<String> files = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(file));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (files.add(next) && next.endsWith(FileNames.XML) && isFile(tree, next)) {
                UnitTexts.named(next, tree.read(next)).forEach(name -> open.push(FileNames.join(folder, name)));
            }
        }
        return Optional.of(new UnitFiles(file, files, folders));
    }

    private static List<String> folders(FileTree tree, List<String> parents, Segment segment) throws IOException {
        List<String> folders = new ArrayList<>();
        for (String parent : parents) {
            for (String name : names(segment)) {
                for (String folder : List.of(name, FileNames.folder(name, true))) {
                    String path = FileNames.join(parent, folder);
                    if (tree.find(path)
                            .filter(entry -> entry.kind() == FileTree.Kind.FOLDER)
                            .isPresent()) {
                        folders.add(path);
                    }
                }
            }
        }
        return folders;
    }

    private static Set<String> names(Segment segment) {
        return new LinkedHashSet<>(List.of(segment.name(false), segment.name(true)));
    }

    private static boolean isFile(FileTree tree, String path) throws IOException {
        return tree.find(path)
                .filter(entry -> entry.kind() == FileTree.Kind.FILE)
                .isPresent();
    }
}
