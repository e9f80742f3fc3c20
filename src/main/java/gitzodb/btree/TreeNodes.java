package gitzodb.btree;

import gitzodb.classes.Structure;
import gitzodb.classes.Structure.Family;
import gitzodb.classes.Structure.Kind;
import gitzodb.classes.Structure.Node;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.Oid;
import gitzodb.zodb.StateSource;
import java.io.IOException;
import java.util.function.Function;

/** Loads the nodes of one tree and tells trees from leaves by their classes. */
final class TreeNodes {
    private final StateSource source;
    private final Function<ClassName, Structure> structures;
    private final Oid root;
    private final ObjectState rootState;
    private final Node shape;

    private TreeNodes(
            StateSource source,
            Function<ClassName, Structure> structures,
            Oid root,
            ObjectState rootState,
            Node shape) {
        this.source = source;
        this.structures = structures;
        this.root = root;
        this.rootState = rootState;
        this.shape = shape;
    }

    static TreeNodes open(Oid root, StateSource source, Function<ClassName, Structure> structures) throws IOException {
        ObjectState state = present(root, source);
        return new TreeNodes(source, structures, root, state, shape(root, state, source, structures));
    }

    /** A subclass of a tree class has leaves of the plain class, which tell its family. */
    private static Node shape(
            Oid root, ObjectState state, StateSource source, Function<ClassName, Structure> structures)
            throws IOException {
        if (structures.apply(state.className()) instanceof Node node) {
            return node;
        }
        if (NodeState.readTree(root, true, state.state()) instanceof NodeState.Inner inner) {
            Oid first = inner.first().oid();
            if (structures.apply(present(first, source).className()) instanceof Node leaf
                    && !leaf.kind().isTree()) {
                return new Node(leaf.family(), leaf.kind().isSet() ? Kind.TREE_SET : Kind.BTREE);
            }
        }
        throw new BrokenTreeException(root, "is of class " + state.className() + ", whose family is not known");
    }

    private static ObjectState present(Oid oid, StateSource source) throws IOException {
        return source.load(oid).orElseThrow(() -> new BrokenTreeException(oid, "does not exist"));
    }

    Oid root() {
        return root;
    }

    Node shape() {
        return shape;
    }

    Family family() {
        return shape.family();
    }

    boolean isSet() {
        return shape.kind().isSet();
    }

    ClassMeta rootMeta() {
        return rootState.meta();
    }

    NodeState rootNode() throws BrokenTreeException {
        return shape.kind().isTree()
                ? NodeState.readTree(root, isSet(), rootState.state())
                : NodeState.readLeaf(root, isSet(), rootState.state());
    }

    ObjectState state(Oid oid) throws IOException {
        return oid.equals(root) ? rootState : present(oid, source);
    }

    NodeState load(Oid oid) throws IOException {
        return read(oid, present(oid, source));
    }

    /** Reads a child: an inner node is of the class of the root, a leaf of the family's leaf class. */
    NodeState read(Oid oid, ObjectState state) throws BrokenTreeException {
        ClassName name = state.className();
        Kind kind = name.equals(rootState.className()) ? shape.kind() : null;
        if (structures.apply(name) instanceof Node node
                && node.family().prefix().equals(family().prefix())) {
            kind = node.kind();
        }
        if (kind == shape.kind()) {
            return NodeState.readTree(oid, isSet(), state.state());
        }
        if (kind == shape.kind().leaf()) {
            return NodeState.readLeaf(oid, isSet(), state.state());
        }
        throw new BrokenTreeException(oid, "is of class " + name + ", which cannot be in the tree " + root);
    }
}
