package gitzodb.sync;

import static org.assertj.core.api.Assertions.assertThat;

import gitzodb.bytes.Bytes;
import gitzodb.pickle.Generation;
import gitzodb.pickle.PickleWriter;
import gitzodb.pickle.PyDict;
import gitzodb.pickle.Value;
import gitzodb.zodb.Tid;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PushNoteTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @ParameterizedTest
    @EnumSource(Generation.class)
    void isReadBack(Generation generation) {
        PushNote plain = PushNote.of(COMMIT);
        PushNote carried = new PushNote(COMMIT, Optional.of(List.of(new Tid(0x3f6dcd2f24cbeadL))));
        assertThat(PushNote.read(plain.extension(generation), generation)).contains(plain);
        assertThat(PushNote.read(carried.extension(generation), generation)).contains(carried);
    }

    @Test
    void ignoresForeignExtensions() {
        PyDict foreign = new PyDict();
        foreign.put(new Value.Text("request_type"), new Value.Text("GET"));
        assertThat(PushNote.read(pickle(foreign), Generation.PYTHON3)).isEmpty();
        assertThat(PushNote.read(Bytes.EMPTY, Generation.PYTHON3)).isEmpty();
        assertThat(PushNote.read(Bytes.utf8("no pickle"), Generation.PYTHON3)).isEmpty();
    }

    @Test
    void trustsNoCommitThatIsNone() {
        PyDict hostile = new PyDict();
        hostile.put(new Value.Text("git-zodb.commit"), new Value.Text("--upload-pack=touch x"));
        assertThat(PushNote.read(pickle(hostile), Generation.PYTHON3)).isEmpty();
    }

    private static Bytes pickle(Value value) {
        PickleWriter writer = new PickleWriter(Generation.PYTHON3, 3);
        writer.write(value);
        return writer.toBytes();
    }
}
