package dev.nexo.pairing.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Keyed executor")
class KeyedExecutorTest {

  private final ExecutorService executor = Executors.newFixedThreadPool(4);
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void stop() {
    gate.countDown();
    executor.shutdownNow();
  }

  private void hang() {
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  @DisplayName("Tasks of one key run in order")
  void order() {
    KeyedExecutor keyed = new KeyedExecutor(executor, 1, 1_000, 1_000);
    List<Integer> seen = new CopyOnWriteArrayList<>();
    IntStream.range(0, 1_000).forEach(i -> keyed.submit("a", 1, () -> seen.add(i)));
    await().until(() -> seen.size() == 1_000);
    assertThat(seen).isSorted();
    await().until(() -> keyed.weight() == 0);
  }

  @Test
  @DisplayName("A key whose task hangs delays no other key")
  void hangingKey() {
    KeyedExecutor keyed = new KeyedExecutor(executor, 1, 10, 100);
    List<String> seen = new CopyOnWriteArrayList<>();
    keyed.submit("hanging", 1, this::hang);
    keyed.submit("hanging", 1, () -> seen.add("behind"));
    keyed.submit("other", 1, () -> seen.add("other"));
    await().until(() -> seen.contains("other"));
    assertThat(seen).doesNotContain("behind");
  }

  @Test
  @DisplayName("A full key accepts no more tasks, other keys do")
  void fullKey() {
    KeyedExecutor keyed = new KeyedExecutor(executor, 1, 2, 100);
    keyed.submit("full", 1, this::hang);
    await().until(() -> keyed.submit("full", 1, () -> {}) && keyed.weight() >= 2);
    await().until(() -> !keyed.submit("full", 1, () -> {}));
    assertThat(keyed.submit("other", 1, () -> {})).isTrue();
  }

  @Test
  @DisplayName("All keys together accept no more than the total weight")
  void totalWeight() {
    KeyedExecutor keyed = new KeyedExecutor(executor, 1, 10, 10);
    assertThat(keyed.submit("a", 8, this::hang)).isTrue();
    assertThat(keyed.submit("b", 3, () -> {})).isFalse();
    gate.countDown();
    await().until(() -> keyed.submit("b", 3, () -> {}));
  }

  @Test
  @DisplayName("A task that throws does not stop its key")
  void taskThrows() {
    KeyedExecutor keyed = new KeyedExecutor(executor, 1, 10, 10);
    List<String> seen = new CopyOnWriteArrayList<>();
    keyed.submit(
        "a",
        1,
        () -> {
          throw new IllegalStateException("broken");
        });
    keyed.submit(
        "a",
        1,
        () -> {
          throw new AssertionError("more than broken");
        });
    keyed.submit("a", 1, () -> seen.add("next"));
    await().until(() -> seen.contains("next"));
    await().until(() -> keyed.weight() == 0);
  }

  @Test
  @DisplayName("Closing drops queued tasks and waits for running ones")
  void close() {
    KeyedExecutor keyed = new KeyedExecutor(executor, 1, 10, 10);
    List<String> seen = new CopyOnWriteArrayList<>();
    keyed.submit("a", 1, this::hang);
    keyed.submit("a", 1, () -> seen.add("behind"));
    assertThat(keyed.close(0)).isFalse();
    gate.countDown();
    assertThat(keyed.close(5)).isTrue();
    assertThat(keyed.submit("a", 1, () -> {})).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  @DisplayName("A rejection by the underlying executor is returned to the caller")
  void rejected() {
    KeyedExecutor keyed =
        new KeyedExecutor(
            work -> {
              throw new RejectedExecutionException();
            },
            1,
            10,
            10);
    assertThat(keyed.submit("a", 1, () -> {})).isFalse();
    assertThat(keyed.weight()).isZero();
    assertThat(keyed.close(0)).isTrue();
  }
}
