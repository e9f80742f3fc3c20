package gitzodb.xml;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.Value;
import gitzodb.zodb.Label;
import gitzodb.zodb.ObjectState;
import gitzodb.zodb.StateWalk;
import gitzodb.zodb.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes a state, reads it again and writes that again; references are {@code <ref path="number"/>}. */
final class RoundTrip {
    record Result(Bytes text, ObjectState state) {}

    private final Generation generation;

    RoundTrip(Generation generation) {
        this.generation = generation;
    }

    /** Checks that the text is the same after reading, and that references come in the order of a walk. */
    Result of(ObjectState state) throws IOException {
        List<Value.PersistentId> ids = new ArrayList<>();
        List<Label> labels = new ArrayList<>();
        Bytes text = write(state, ids, labels);
        List<Label> walked = new ArrayList<>();
        boolean hooksOnce = utf8(text).contains("<before-traverse");
        new StateWalk(generation).walk(state, (id, label) -> {
            if (!hooksOnce || !label.steps().getFirst().equals(new Step.Attribute(TraverseHooks.MADE))) {
                walked.add(label);
            }
        });
        assertThat(labels).as("labels of references").isEqualTo(walked);
        ObjectState read = read(text, ids);
        assertThat(utf8(write(read, new ArrayList<>(), new ArrayList<>()))).isEqualTo(utf8(text));
        return new Result(text, read);
    }

    Bytes write(ObjectState state, List<Value.PersistentId> ids, List<Label> labels) throws IOException {
        Element element = new ValueXml(generation, "x").object(state, (id, label) -> {
            ids.add(id);
            labels.add(label);
            return Element.of("ref").with("path", Integer.toString(ids.size() - 1));
        });
        return CanonicalXml.bytes(element);
    }

    ObjectState read(Bytes text, List<Value.PersistentId> ids) throws IOException {
        return new ValueXml(generation, "x")
                .read(
                        XmlReader.read("x", text),
                        (element, label) -> ids.get(Integer.parseInt(String.valueOf(element.get("path")))));
    }

    static String utf8(Bytes bytes) {
        return new String(bytes.toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
