package gitzodb.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class InOrderTest {
    private final Thread caller = Thread.currentThread();
    private final List<Thread> seen = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void noThreadIsLeft() {
        assertThat(seen).noneMatch(Thread::isAlive);
    }

    @Test
    void keepsTheOrderHoweverLongEachPieceTakes() throws IOException {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int pieces = random.nextInt(500);
            List<InOrder.Maker<Integer>> makers = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                SplittableRandom own = random.split();
                makers.add(seen(piece -> {
                    spin(own.nextInt(20_000));
                    return piece;
                }));
            }
            List<Integer> taken = new ArrayList<>();
            InOrder.run(makers, pieces, taken::add);
            assertThat(taken)
                    .as("seed %d", seed)
                    .isEqualTo(IntStream.range(0, pieces).boxed().toList());
        }
    }

    @Test
    void severalThreadsMakePiecesAtOnce() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2);
        InOrder.Maker<Integer> maker = seen(piece -> {
            if (piece % InOrder.BATCH == 0) {
                awaits(both);
            }
            return piece;
        });
        List<Integer> taken = new ArrayList<>();
        InOrder.run(List.of(maker, maker), 2 * InOrder.BATCH, taken::add);
        assertThat(taken).hasSize(2 * InOrder.BATCH);
    }

    @Test
    void theFirstPieceThatFailsIsTheError() {
        for (long seed = 0; seed < 20; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int first = random.nextInt(400);
            InOrder.Maker<Integer> maker = seen(piece -> {
                if (piece >= first) {
                    throw new IOException("piece " + piece);
                }
                spin(2_000);
                return piece;
            });
            List<Integer> taken = new ArrayList<>();
            assertThatThrownBy(() -> InOrder.run(List.of(maker, maker, maker), 500, taken::add))
                    .as("seed %d", seed)
                    .isInstanceOf(IOException.class)
                    .hasMessage("piece " + first);
            assertThat(taken).as("seed %d", seed).hasSize(first);
        }
    }

    @Test
    void uncheckedErrorsOfAMakerSurfaceToo() {
        InOrder.Maker<Integer> broken = seen(piece -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(() -> InOrder.run(List.of(broken, broken), 100, piece -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
        InOrder.Maker<Integer> full = seen(piece -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> InOrder.run(List.of(full, full), 100, piece -> {}))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void anErrorOfTheTakerEndsTheMakers() {
        AtomicInteger made = new AtomicInteger();
        InOrder.Maker<Integer> maker = seen(piece -> made.incrementAndGet());
        assertThatThrownBy(() -> InOrder.run(List.of(maker, maker), 1_000_000, piece -> {
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(made).hasValueLessThanOrEqualTo((2 * InOrder.AHEAD + 1) * InOrder.BATCH);
    }

    @Test
    void makersDoNotRunFarAhead() throws IOException {
        AtomicInteger made = new AtomicInteger();
        InOrder.Maker<Integer> maker = seen(piece -> {
            made.incrementAndGet();
            return piece;
        });
        InOrder.run(List.of(maker, maker), 3_000, piece -> {
            if (piece % 500 == 0) {
                spin(1_000_000);
                assertThat(made.get() - piece).isLessThanOrEqualTo((2 * InOrder.AHEAD + 1) * InOrder.BATCH);
            }
        });
        assertThat(made).hasValue(3_000);
    }

    @Test
    void anInterruptEndsTheWorkAndIsKept() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch open = new CountDownLatch(1);
        List<Object> outcome = Collections.synchronizedList(new ArrayList<>());
        InOrder.Maker<Integer> maker = seen(piece -> {
            begun.countDown();
            awaits(open);
            return piece;
        });
        Thread caller = new Thread(() -> {
            try {
                InOrder.run(List.of(maker, maker), 100, piece -> {});
            } catch (IOException e) {
                outcome.add(e);
                outcome.add(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        begun.await();
        waits(caller);
        caller.interrupt();
        waits(caller);
        open.countDown();
        caller.join();
        assertThat(outcome).hasSize(2);
        assertThat(outcome.getFirst()).isInstanceOf(InterruptedIOException.class);
        assertThat(outcome.getLast()).isEqualTo(true);
    }

    @Test
    void nothingToDoIsDone() throws IOException {
        InOrder.run(List.of(seen(piece -> piece)), 0, piece -> {
            throw new IOException("no piece");
        });
    }

    @Test
    void fewPiecesAreForOneThread() {
        assertThat(InOrder.threads(0)).isEqualTo(1);
        assertThat(InOrder.threads(InOrder.BATCH)).isEqualTo(1);
        assertThat(InOrder.threads(Long.MAX_VALUE)).isBetween(1, 8);
    }

    private <R> InOrder.Maker<R> seen(InOrder.Maker<R> maker) {
        return piece -> {
            if (!Thread.currentThread().equals(caller) && !seen.contains(Thread.currentThread())) {
                seen.add(Thread.currentThread());
            }
            return maker.make(piece);
        };
    }

    private static void waits(Thread thread) {
        while (thread.isInterrupted() || thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }

    private static void spin(int turns) {
        for (int i = 0; i < turns; i++) {
            Thread.onSpinWait();
        }
    }

    private static void awaits(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void awaits(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
