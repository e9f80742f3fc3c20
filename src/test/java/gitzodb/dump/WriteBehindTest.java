package gitzodb.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gitzodb.bytes.Bytes;
import gitzodb.tree.TreeSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WriteBehindTest {
    private static final Bytes MEBIBYTE = Bytes.wrap(new byte[1 << 20]);

    @Test
    void keepsTheOrder() throws IOException {
        Recorder recorder = new Recorder();
        List<String> expected = new ArrayList<>();
        try (WriteBehind behind = new WriteBehind(recorder)) {
            for (int i = 0; i < 500; i++) {
                behind.put("file" + i, Bytes.utf8("x"));
                behind.put("blob" + i, Path.of("blob"));
                behind.delete("gone" + i);
                expected.addAll(List.of("put file" + i, "copy blob" + i, "delete gone" + i));
            }
            behind.finish();
        }
        assertThat(recorder.calls).isEqualTo(expected);
    }

    @Test
    void holdsOnlyAFewMebibytes() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        Recorder recorder = new Recorder() {
            @Override
            public void put(String path, Bytes content) throws IOException {
                awaits(open);
                super.put(path, content);
            }
        };
        List<String> taken = Collections.synchronizedList(new ArrayList<>());
        try (WriteBehind behind = new WriteBehind(recorder)) {
            Thread filling = new Thread(() -> {
                try {
                    for (int i = 0; i < 40; i++) {
                        behind.put("file" + i, MEBIBYTE);
                        taken.add("file" + i);
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            filling.start();
            filling.join(300);
            assertThat(taken).hasSizeLessThan(12);
            open.countDown();
            filling.join();
            behind.finish();
        }
        assertThat(recorder.calls).hasSize(40);
    }

    @Test
    void anErrorOfTheSinkEndsTheWriting() throws IOException {
        Recorder recorder = new Recorder() {
            @Override
            public void put(String path, Bytes content) throws IOException {
                if (path.equals("b")) {
                    throw new IOException("disk full");
                }
                super.put(path, content);
            }
        };
        try (WriteBehind behind = new WriteBehind(recorder)) {
            behind.put("a", MEBIBYTE);
            assertThatThrownBy(() -> {
                        behind.put("b", MEBIBYTE);
                        for (int i = 0; i < 40; i++) {
                            behind.put("c", MEBIBYTE);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThatThrownBy(behind::finish).hasMessage("disk full");
        }
        assertThat(recorder.calls).containsExactly("put a");
    }

    @Test
    void closingEarlyDropsWhatIsNotWrittenAndFreesTheSink() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        Recorder recorder = new Recorder() {
            @Override
            public void put(String path, Bytes content) throws IOException {
                begun.countDown();
                awaits(open);
                super.put(path, content);
            }
        };
        WriteBehind behind = new WriteBehind(recorder);
        behind.put("a", MEBIBYTE);
        behind.put("b", MEBIBYTE);
        awaits(begun);
        Thread closing = new Thread(() -> {
            try {
                behind.close();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        closing.start();
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        open.countDown();
        closing.join();
        assertThat(recorder.calls).containsExactly("put a");
    }

    private static void awaits(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static class Recorder implements TreeSink {
        final List<String> calls = new ArrayList<>();

        @Override
        public void put(String path, Bytes content) throws IOException {
            calls.add("put " + path);
        }

        @Override
        public void put(String path, Path content) {
            calls.add("copy " + path);
        }

        @Override
        public void delete(String path) {
            calls.add("delete " + path);
        }
    }
}
