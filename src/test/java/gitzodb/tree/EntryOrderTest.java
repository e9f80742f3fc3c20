package gitzodb.tree;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.pickle.Generation;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.PyList;
import gitzodb.pickle.PyTuple;
import gitzodb.pickle.Value;
import gitzodb.pickle.ValueGraph;
import gitzodb.zodb.ClassMeta;
import gitzodb.zodb.ClassName;
import gitzodb.zodb.ObjectState;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryOrderTest {
    private static final PyDict USUAL_CHILD = dict("id", "shop", "meta_type", "Folder");
    private static final PyDict OTHER_CHILD = dict("meta_type", "Folder", "id", "shop");
    private static final PyDict USUAL_PROPERTY = dict("id", "a", "type", "string", "mode", "wd", "label", "A");
    private static final PyDict OTHER_PROPERTY = dict("label", "A", "type", "string", "id", "a", "mode", "wd");

    private static ObjectState folder(Value children, Value properties) {
        PyDict attributes = new PyDict();
        attributes.put(new Value.Text("id"), new Value.Text("folder"));
        attributes.put(new Value.Text("_objects"), children);
        attributes.put(new Value.Text("_properties"), properties);
        return new ObjectState(ClassMeta.of(ClassName.parse("OFS.Folder.Folder")), attributes);
    }

    private static PyDict dict(String... keysAndValues) {
        PyDict dict = new PyDict();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            dict.put(new Value.Text(keysAndValues[i]), new Value.Text(keysAndValues[i + 1]));
        }
        return dict;
    }

    private static boolean same(ObjectState one, ObjectState other) {
        return ValueGraph.same(one.state(), other.state());
    }

    @Test
    void aTreeShowsTheUsualOrder() {
        ObjectState stored = folder(PyTuple.of(OTHER_CHILD), PyTuple.of(OTHER_PROPERTY));
        ObjectState usual = folder(PyTuple.of(USUAL_CHILD), PyTuple.of(USUAL_PROPERTY));
        assertThat(same(EntryOrder.toTree(stored), usual)).isTrue();
        assertThat(EntryOrder.toTree(usual)).isSameAs(usual);
    }

    @Test
    void whatIsNotChangedKeepsItsOrder() {
        PyDict added = dict("id", "new", "meta_type", "Folder");
        ObjectState stored = folder(PyTuple.of(OTHER_CHILD), PyTuple.of(OTHER_PROPERTY));
        ObjectState tree = folder(PyTuple.of(USUAL_CHILD, added), PyTuple.of(USUAL_PROPERTY));
        ObjectState wanted = folder(PyTuple.of(OTHER_CHILD, added), PyTuple.of(OTHER_PROPERTY));
        assertThat(same(EntryOrder.toDatabase(tree, stored), wanted)).isTrue();
        assertThat(same(EntryOrder.toDatabase(EntryOrder.toTree(stored), stored), stored))
                .isTrue();
    }

    @Test
    void anEntryThatIsHeldTwiceIsLeftAlone() {
        ObjectState stored = folder(PyTuple.of(OTHER_CHILD), new PyList(List.of(OTHER_CHILD)));
        assertThat(same(EntryOrder.toTree(stored), stored)).isTrue();
        ObjectState doubled = folder(PyTuple.of(OTHER_CHILD, OTHER_CHILD), PyTuple.EMPTY);
        assertThat(same(EntryOrder.toTree(doubled), doubled)).isTrue();
    }

    @Test
    void noTreeOfTheFirstVersionAndNoExactOneIsTouched() {
        TreeSettings settings = TreeSettings.of(Generation.PYTHON3);
        assertThat(EntryOrder.isFor(settings)).isTrue();
        assertThat(EntryOrder.isFor(settings.in(1))).isFalse();
        assertThat(EntryOrder.isFor(TreeSettings.exact(Generation.PYTHON3))).isFalse();
        assertThat(EntryOrder.isFor(TreeSettings.of(Generation.PYTHON2))).isFalse();
    }
}
