package gitzodb.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class BesideTest {
    private final List<Integer> done = Collections.synchronizedList(new ArrayList<>());

    @Test
    void worksAtTheSameTimeAsTheCaller() throws IOException {
        CountDownLatch here = new CountDownLatch(1);
        CountDownLatch there = new CountDownLatch(1);
        try (Beside beside = new Beside()) {
            beside.give(() -> {
                there.countDown();
                await(here);
                done.add(1);
            });
            await(there);
            here.countDown();
            beside.await();
        }
        assertThat(done).containsExactly(1);
    }

    @Test
    void doesAllItIsGivenInOrder() throws IOException {
        try (Beside beside = new Beside()) {
            for (int i = 0; i < 1_000; i++) {
                int each = i;
                beside.give(() -> done.add(each));
            }
            beside.await();
            assertThat(done).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
        }
    }

    @Test
    void whatFailedComesOutOfTheWaiting() throws IOException {
        try (Beside beside = new Beside()) {
            beside.give(() -> {
                throw new IOException("disk full");
            });
            beside.give(() -> done.add(1));
            assertThatThrownBy(beside::await).isInstanceOf(IOException.class).hasMessage("disk full");
        }
        try (Beside beside = new Beside()) {
            beside.give(() -> {
                throw new IllegalStateException("broken");
            });
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            beside.give(() -> {});
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
        }
    }

    @Test
    void theEndWaitsForWhatIsBegunAndDropsTheRest() throws IOException {
        CountDownLatch begun = new CountDownLatch(1);
        try (Beside beside = new Beside()) {
            beside.give(() -> {
                begun.countDown();
                pause();
                done.add(1);
            });
            beside.give(() -> done.add(2));
            await(begun);
        }
        assertThat(done).containsExactly(1);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
