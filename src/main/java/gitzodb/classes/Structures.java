package gitzodb.classes;

import gitzodb.classes.Structure.Family;
import gitzodb.classes.Structure.Kind;
import gitzodb.classes.Structure.Letter;
import gitzodb.classes.Structure.Node;
import gitzodb.classes.Structure.Plain;
import gitzodb.zodb.ClassName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the {@link Structure} of a class from its name. */
public final class Structures {
    private static final List<String> FAMILIES = List.of(
            "IO", "II", "IF", "IU", "UO", "UU", "UF", "UI", "LO", "LL", "LF", "LQ", "QO", "QQ", "QF", "QL", "OO", "OI",
            "OU", "OL", "OQ");
    private static final Map<ClassName, Structure> BY_CLASS = byClass();

    private Structures() {}

    public static Structure of(ClassName name) {
        return BY_CLASS.getOrDefault(name, Plain.NONE);
    }

    /** True for a structure that holds data and nothing else: a tree, leaf, mapping, list or counter. */
    public static boolean isBare(ClassName name) {
        return switch (of(name)) {
            case Node node -> true;
            case Plain plain ->
                switch (plain) {
                    case MAPPING, LIST, LENGTH -> true;
                    case NONE, PDATA, BLOB -> false;
                };
        };
    }

    /** Returns the node class of this name without its module, such as {@code OOBTree}; empty if there is none. */
    public static Optional<Node> named(String name) {
        String module = "BTrees." + name.substring(0, Math.min(2, name.length())) + "BTree";
        return of(new ClassName(module, name)) instanceof Node node ? Optional.of(node) : Optional.empty();
    }

    /** Returns the family of these letters, such as {@code OO} or {@code fs}. */
    public static Family family(String prefix) {
        if (of(new ClassName("BTrees." + prefix + "BTree", prefix + "BTree")) instanceof Node node) {
            return node.family();
        }
        throw new IllegalArgumentException("no BTree family " + prefix);
    }

    private static Map<ClassName, Structure> byClass() {
        Map<ClassName, Structure> all = new HashMap<>();
        for (String prefix : FAMILIES) {
            addNodes(all, prefix, letter(prefix, 0), letter(prefix, 1));
        }
        addNodes(all, "fs", Letter.BYTES2, Letter.BYTES6);
        for (String module : List.of(
                "persistent.mapping",
                "Persistence.mapping",
                "ZODB.PersistentMapping",
                "Persistence.PersistentMapping")) {
            all.put(new ClassName(module, "PersistentMapping"), Plain.MAPPING);
        }
        all.put(new ClassName("persistent.dict", "PersistentDict"), Plain.MAPPING);
        for (String module :
                List.of("persistent.list", "Persistence.list", "ZODB.PersistentList", "Persistence.PersistentList")) {
            all.put(new ClassName(module, "PersistentList"), Plain.LIST);
        }
        all.put(new ClassName("BTrees.Length", "Length"), Plain.LENGTH);
        all.put(new ClassName("OFS.Image", "Pdata"), Plain.PDATA);
        all.put(new ClassName("ZODB.blob", "Blob"), Plain.BLOB);
        all.put(new ClassName("ZODB.Blobs.Blob", "Blob"), Plain.BLOB);
        return Map.copyOf(all);
    }

    /** The modules with an underscore are the C ones, which old releases named in their pickles. */
    private static void addNodes(Map<ClassName, Structure> all, String prefix, Letter key, Letter value) {
        for (String module : List.of("BTrees." + prefix + "BTree", "BTrees._" + prefix + "BTree")) {
            Family family = new Family(module, prefix, key, value);
            for (Kind kind : Kind.values()) {
                all.put(family.className(kind), new Node(family, kind));
            }
        }
    }

    private static Letter letter(String prefix, int index) {
        return Letter.valueOf(prefix.substring(index, index + 1));
    }
}
