package gitzodb.load;

import gitzodb.bytes.Bytes;
import gitzodb.classes.ClassFormats;
import gitzodb.load.FoldedObjects.Folded;
import gitzodb.tree.FileTree;
import gitzodb.tree.ObjectPath;
import gitzodb.tree.Problems;
import gitzodb.tree.Segment;
import gitzodb.tree.TreeSettings;
import gitzodb.xml.Element;
import gitzodb.xml.XmlFormatException;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the folded objects of a tree were in the database. Only files whose folded objects could be others than those at
 * their paths are compared with what they were: files with lists, and files in which paths came or went.
 */
final class FoldedMoves {
    /** Begins the segment of a place in a list. */
    private static final String PLACE = Segment.Mark.POSITION.sign();

    private final Map<String, String> oldPaths = new HashMap<>();
    private final Set<String> compared = new HashSet<>();
    private final Map<String, String> movedUnits;

    private FoldedMoves(Map<String, String> movedUnits) {
        this.movedUnits = movedUnits;
    }

    /**
     * Compares files.
     *
     * @param movedUnits the old path of each object with a file that moved
     */
    static FoldedMoves find(
            FileTree tree,
            OldTree old,
            TreeIndex index,
            OldFiles oldFiles,
            Map<String, String> movedUnits,
            ClassFormats formats,
            TreeSettings settings)
            throws IOException {
        FoldedMoves moves = new FoldedMoves(movedUnits);
        Map<String, String> units = moves.candidates(old, index);
        if (units.isEmpty()) {
            return moves;
        }
        FileTree before = oldFiles.tree();
        for (Map.Entry<String, String> unit : units.entrySet()) {
            String file = Objects.requireNonNullElse(index.file(unit.getKey()), "");
            String oldFile = oldFiles.xml(unit.getValue());
            if (oldFile == null || isSame(before, oldFile, tree, file)) {
                continue;
            }
            List<Folded> news = folded(tree, file, unit.getKey(), formats, settings);
            List<Folded> olds = folded(before, oldFile, unit.getValue(), formats, settings);
            if (news != null && olds != null) {
                moves.compared.add(unit.getKey());
                moves.oldPaths.putAll(
                        FoldedMatch.of(olds, new FoldedTexts(before, oldFile), news, new FoldedTexts(tree, file)));
            }
        }
        return moves;
    }

    /** Returns the old path of each object whose file is to be compared. */
    private Map<String, String> candidates(OldTree old, TreeIndex index) {
        Map<String, Set<String>> oldLocals = new HashMap<>();
        old.read().forEach((path, object) -> {
            if (!object.ignored() && !object.piece()) {
                addLocal(path, oldLocals);
            }
        });
        Map<String, Set<String>> locals = new HashMap<>();
        index.allPaths().forEach(path -> addLocal(path, locals));
        Map<String, String> candidates = new TreeMap<>();
        locals.forEach((unit, its) -> {
            String oldUnit = movedUnits.getOrDefault(unit, unit);
            Set<String> others = oldLocals.get(oldUnit);
            boolean hasPlaces = its.stream().anyMatch(local -> local.contains(PLACE));
            if (others != null && (hasPlaces || !others.equals(its))) {
                candidates.put(unit, oldUnit);
            }
        });
        return candidates;
    }

    private static void addLocal(String path, Map<String, Set<String>> locals) {
        int hash = path.indexOf('#');
        if (hash >= 0) {
            locals.computeIfAbsent(path.substring(0, hash), unused -> new HashSet<>())
                    .add(path.substring(hash + 1));
        }
    }

    private static boolean isSame(FileTree before, String oldFile, FileTree tree, String file) throws IOException {
        Bytes now = tree.read(file);
        return now.equals(before.read(oldFile)) && !now.latin1().contains("<part ");
    }

    /** Returns null for a file that cannot be read, which is reported elsewhere. */
    private static @Nullable List<Folded> folded(
            FileTree tree, String file, String path, ClassFormats formats, TreeSettings settings) throws IOException {
        Optional<Element> element = new TreeWalk(tree, new Problems()).element(file);
        if (element.isEmpty()) {
            return null;
        }
        String folder = file.substring(0, Math.max(0, file.lastIndexOf('/')));
        try {
            Unit unit = new Unit(file, folder, ObjectPath.parse(path), element.get());
            return FoldedObjects.of(tree, unit, formats, settings);
        } catch (XmlFormatException e) {
            return null;
        }
    }

    /** Returns the path that an object of the tree had; null for a folded one that is new. */
    @Nullable
    String oldPath(String path) {
        int hash = path.indexOf('#');
        String unit = hash < 0 ? path : path.substring(0, hash);
        if (hash >= 0 && compared.contains(unit)) {
            return oldPaths.get(path);
        }
        String moved = movedUnits.get(unit);
        return moved == null ? path : moved + (hash < 0 ? "" : path.substring(hash));
    }
}
