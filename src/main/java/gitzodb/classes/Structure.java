package gitzodb.classes;

import gitzodb.zodb.ClassName;

/**
 * What kind of building block a class is, as far as its stored form goes. Decided by the exact class name: a subclass is
 * {@link Plain#NONE}, since its name says nothing.
 */
public sealed interface Structure {

    /** Any structure that is no BTree node. */
    enum Plain implements Structure {
        /** No building block: an object of its own. */
        NONE,
        /** A persistent mapping: its dict is the attribute {@code data} or, in very old records, {@code _container}. */
        MAPPING,
        /** A persistent list: its list is the attribute {@code data}. */
        LIST,
        /** {@code BTrees.Length.Length}: the state is an int. */
        LENGTH,
        /** A piece of the content of a File or Image: attributes {@code data} and {@code next}. */
        PDATA,
        /** A ZODB blob: the state is None, the content is a file. */
        BLOB
    }

    /** A node of a BTree. */
    record Node(Family family, Kind kind) implements Structure {
        /** Returns the class of nodes of another kind that stand beside or below nodes of this family. */
        public ClassName sibling(Kind other) {
            return family.className(other);
        }
    }

    /** The four node classes of a BTree family. */
    enum Kind {
        /** A mapping tree. */
        BTREE("BTree", true, false),
        /** A leaf of a mapping tree, or alone. */
        BUCKET("Bucket", false, false),
        /** A tree without values. */
        TREE_SET("TreeSet", true, true),
        /** A leaf of a set tree, or alone. */
        SET("Set", false, true);

        private final String suffix;
        private final boolean tree;
        private final boolean set;

        Kind(String suffix, boolean tree, boolean set) {
            this.suffix = suffix;
            this.tree = tree;
            this.set = set;
        }

        /** Returns what follows the letters of the family in the class name. */
        public String suffix() {
            return suffix;
        }

        /** True for a node that may have children, false for a leaf. */
        public boolean isTree() {
            return tree;
        }

        /** True for a node without values. */
        public boolean isSet() {
            return set;
        }

        /** Returns the kind of the leaves: of a leaf, its own. */
        public Kind leaf() {
            return set ? SET : BUCKET;
        }
    }

    /** What a key or a value is. */
    enum Letter {
        /** Any object. */
        O,
        /** Signed 32 bits. */
        I,
        /** Unsigned 32 bits. */
        U,
        /** Signed 64 bits. */
        L,
        /** Unsigned 64 bits. */
        Q,
        /** 32-bit float; values only. */
        F,
        /** Two bytes; keys of {@code fs} only. */
        BYTES2,
        /** Six bytes; values of {@code fs} only. */
        BYTES6;

        /** True for the four kinds of whole number. */
        public boolean isInteger() {
            return this == I || this == U || this == L || this == Q;
        }
    }

    /**
     * A BTree family (zodb-formats §4.1).
     *
     * @param module the module of the classes: {@code BTrees.OOBTree}
     * @param prefix the letters of the family: {@code OO}, {@code fs}
     */
    record Family(String module, String prefix, Letter key, Letter value) {
        public ClassName className(Kind kind) {
            return new ClassName(module, prefix + kind.suffix());
        }

        /** Returns how many children a tree node may have. */
        public int maxInternal() {
            return key == Letter.O ? 250 : 500;
        }

        /** Returns how many keys a leaf may have. */
        public int maxLeaf() {
            if (key == Letter.BYTES2) {
                return 500;
            }
            int base = key == Letter.O ? 30 : 60;
            return value == Letter.O ? base : 2 * base;
        }
    }
}
