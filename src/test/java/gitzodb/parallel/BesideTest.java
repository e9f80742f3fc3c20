package gitzodb.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BesideTest {
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void bothRunAtTheSameTime() throws IOException {
        CountDownLatch here = new CountDownLatch(1);
        CountDownLatch there = new CountDownLatch(1);
        Beside.run(() -> meet(here, there, "here"), () -> meet(there, here, "there"));
        assertThat(done).containsExactlyInAnyOrder("here", "there");
    }

    @Test
    void theErrorOfEitherIsThrownWhenBothHaveEnded() {
        CountDownLatch failing = new CountDownLatch(1);
        assertThatThrownBy(() -> Beside.run(() -> fail(failing), () -> after(failing)))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(done).containsExactly("after");
        CountDownLatch other = new CountDownLatch(1);
        assertThatThrownBy(() -> Beside.run(() -> after(other), () -> fail(other)))
                .isInstanceOf(IOException.class)
                .hasMessage("disk full");
        assertThat(done).containsExactly("after", "after");
    }

    @Test
    void uncheckedErrorsAreThrownAsTheyAre() {
        assertThatThrownBy(() -> Beside.run(() -> {}, () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }

    private static void fail(CountDownLatch failing) throws IOException {
        failing.countDown();
        throw new IOException("disk full");
    }

    private void after(CountDownLatch latch) throws IOException {
        await(latch);
        done.add("after");
    }

    private void meet(CountDownLatch mine, CountDownLatch others, String name) throws IOException {
        mine.countDown();
        await(others);
        done.add(name);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
