package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Serial executor")
class SerialExecutorTest {

  private static final int STEPS = 500;

  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final SerialExecutor executor = new SerialExecutor(threads);

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  @DisplayName("Steps run in order and one at a time")
  void order() throws Exception {
    List<Integer> ran = new ArrayList<>(); // no thread-safe one: that is the point
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Together.run(
        4,
        thread -> {
          for (int i = 0; i < STEPS; i++) {
            int number = thread * STEPS + i;
            executor.post(
                () -> {
                  most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                  ran.add(number);
                  atOnce.decrementAndGet();
                });
          }
          return null;
        });
    AtomicInteger done = new AtomicInteger();
    executor.post(done::incrementAndGet);
    await().until(() -> done.get() == 1);
    assertThat(most).hasValue(1);
    for (int thread = 0; thread < 4; thread++) {
      int first = thread * STEPS;
      assertThat(ran.stream().filter(n -> n >= first && n < first + STEPS))
          .containsExactlyElementsOf(IntStream.range(first, first + STEPS).boxed().toList());
    }
  }

  @Test
  @DisplayName("A step that throws does not stop the next one")
  void stepThrows() {
    AtomicInteger done = new AtomicInteger();
    executor.post(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    executor.post(
        () -> {
          throw new AssertionError("on purpose");
        });
    executor.post(done::incrementAndGet);
    await().until(() -> done.get() == 1);
    executor.run(done::incrementAndGet);
    assertThat(done).as("on the thread that asked").hasValue(2);
  }

  @Test
  @DisplayName("Posting to a stopped executor does nothing")
  void stopped() {
    AtomicInteger done = new AtomicInteger();
    threads.shutdown();
    executor.post(done::incrementAndGet);
    executor.post(done::incrementAndGet);
    assertThat(done).hasValue(0);
  }
}
