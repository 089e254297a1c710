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
    KeyedExecutor lanes = new KeyedExecutor(executor, 1, 1_000, 1_000);
    List<Integer> seen = new CopyOnWriteArrayList<>();
    IntStream.range(0, 1_000).forEach(i -> lanes.submit("a", 1, () -> seen.add(i)));
    await().until(() -> seen.size() == 1_000);
    assertThat(seen).isSorted();
    await().until(() -> lanes.weight() == 0);
  }

  @Test
  @DisplayName("A key whose task hangs delays no other key")
  void hangingKey() {
    KeyedExecutor lanes = new KeyedExecutor(executor, 1, 10, 100);
    List<String> seen = new CopyOnWriteArrayList<>();
    lanes.submit("hanging", 1, this::hang);
    lanes.submit("hanging", 1, () -> seen.add("behind"));
    lanes.submit("other", 1, () -> seen.add("other"));
    await().until(() -> seen.contains("other"));
    assertThat(seen).doesNotContain("behind");
  }

  @Test
  @DisplayName("A full key accepts no more tasks, other keys do")
  void fullKey() {
    KeyedExecutor lanes = new KeyedExecutor(executor, 1, 2, 100);
    lanes.submit("full", 1, this::hang);
    await().until(() -> lanes.submit("full", 1, () -> {}) && lanes.weight() >= 2);
    await().until(() -> !lanes.submit("full", 1, () -> {}));
    assertThat(lanes.submit("other", 1, () -> {})).isTrue();
  }

  @Test
  @DisplayName("All keys together accept no more than the total weight")
  void totalWeight() {
    KeyedExecutor lanes = new KeyedExecutor(executor, 1, 10, 10);
    assertThat(lanes.submit("a", 8, this::hang)).isTrue();
    assertThat(lanes.submit("b", 3, () -> {})).isFalse();
    gate.countDown();
    await().until(() -> lanes.submit("b", 3, () -> {}));
  }

  @Test
  @DisplayName("A task that throws does not stop its key")
  void taskThrows() {
    KeyedExecutor lanes = new KeyedExecutor(executor, 1, 10, 10);
    List<String> seen = new CopyOnWriteArrayList<>();
    lanes.submit(
        "a",
        1,
        () -> {
          throw new IllegalStateException("broken");
        });
    lanes.submit(
        "a",
        1,
        () -> {
          throw new AssertionError("more than broken");
        });
    lanes.submit("a", 1, () -> seen.add("next"));
    await().until(() -> seen.contains("next"));
    await().until(() -> lanes.weight() == 0);
  }

  @Test
  @DisplayName("Closing drops queued tasks and waits for running ones")
  void close() {
    KeyedExecutor lanes = new KeyedExecutor(executor, 1, 10, 10);
    List<String> seen = new CopyOnWriteArrayList<>();
    lanes.submit("a", 1, this::hang);
    lanes.submit("a", 1, () -> seen.add("behind"));
    assertThat(lanes.close(0)).isFalse();
    gate.countDown();
    assertThat(lanes.close(5)).isTrue();
    assertThat(lanes.submit("a", 1, () -> {})).isFalse();
    assertThat(seen).isEmpty();
  }

  @Test
  @DisplayName("A rejection by the underlying executor is returned to the caller")
  void rejected() {
    KeyedExecutor lanes =
        new KeyedExecutor(
            work -> {
              throw new RejectedExecutionException();
            },
            1,
            10,
            10);
    assertThat(lanes.submit("a", 1, () -> {})).isFalse();
    assertThat(lanes.weight()).isZero();
    assertThat(lanes.close(0)).isTrue();
  }
}
