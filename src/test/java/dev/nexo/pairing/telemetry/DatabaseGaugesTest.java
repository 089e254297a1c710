package dev.nexo.pairing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSessionStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Database gauges")
class DatabaseGaugesTest {

  private static final Set<String> CHANNELS =
      IntStream.range(0, 8).mapToObj(i -> "channel" + i).collect(Collectors.toSet());

  private final List<Supplier<Double>> gauges = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);
  private volatile boolean hangs;
  private volatile boolean fails;

  @BeforeEach
  void start() {
    PairingAdapterRegistry adapters = only(PairingAdapterRegistry.class, (name, args) -> CHANNELS);
    PairingSessionStore sessions = only(PairingSessionStore.class, (name, args) -> 1L);
    ScheduledExecutorService executor =
        only(
            ScheduledExecutorService.class,
            (name, args) -> {
              if (name.equals("execute")) {
                background.execute((Runnable) args[0]);
              }
              return null;
            });
    new DatabaseGauges(
            only(MetricRegistry.class, this::register),
            adapters,
            only(PairingStore.class, (name, args) -> read()),
            sessions,
            new ChannelLabels(),
            Ticker.systemTicker(),
            executor)
        .start(new Object());
  }

  @AfterEach
  void stop() {
    released.countDown();
    background.shutdownNow();
  }

  private Map<String, Long> read() {
    reads.incrementAndGet();
    if (hangs) {
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    if (fails) {
      throw new StorageUnavailableException("The database is away, for this test", null);
    }
    return CHANNELS.stream().collect(Collectors.toMap(channel -> channel, channel -> 1L));
  }

  @SuppressWarnings("unchecked")
  private Object register(String method, Object[] args) {
    Function<Object, Number> value = (Function<Object, Number>) args[2];
    gauges.add(() -> value.apply(args[1]).doubleValue());
    return null;
  }

  private static <T> T only(Class<T> type, BiFunction<String, Object[], Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answer.apply(method.getName(), args)));
  }

  private List<Double> scrape() {
    return gauges.stream().map(Supplier::get).toList();
  }

  @Test
  @DisplayName("A scrape reads the database once for all channels")
  void readsOnce() {
    assertThat(scrape()).hasSize(9).containsOnly(1.0);
    assertThat(reads.get()).isLessThan(9);
  }

  @Test
  @DisplayName("A scrape ends within 1 s while the database hangs")
  void databaseHangs() {
    hangs = true;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      assertThat(scrape()).hasSize(9).containsOnly(Double.NaN);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }
    assertThat(reads).as("no further read while one hangs").hasValue(1);
  }

  @Test
  @DisplayName("Without the database the values are unknown")
  void databaseAway() {
    fails = true;
    assertThat(scrape()).hasSize(9).containsOnly(Double.NaN);
  }
}
