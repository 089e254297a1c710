package dev.nexo.pairing.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.OutboxStatus;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testkit.MovableClock;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Readiness gauges")
class ReadinessGaugesTest {

  private static final String DATABASE = "pairing_ready database";
  private static final String WAITING = "pairing_outbox_waiting";
  private static final String OLDEST = "pairing_outbox_oldest_seconds";
  private static final String BROKER = "pairing_broker_connected";

  private final MovableClock clock = new MovableClock();
  private final MovableTicker ticker = new MovableTicker();
  private final Instant start = clock.instant();
  private final Map<String, Supplier<Double>> gauges = new LinkedHashMap<>();
  private final Part database = new Part("database");
  private final Part keyFile = new Part("key_file");
  private final Outbound outbound = new Outbound();
  private Runnable check;

  /** A part that is as the test says. */
  private static final class Part implements ReadinessCheck {
    private final String name;
    private boolean up = true;
    private boolean broken;
    private Runnable whileChecked = () -> {};
    private int asked;

    Part(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public State check() {
      asked++;
      whileChecked.run();
      if (broken) {
        throw new IllegalStateException("broken, for this test");
      }
      return new State(up, Map.of());
    }
  }

  /** A backlog that is as the test says; away where there is nothing to tell. */
  private static final class Outbound implements OutboxStatus {
    private Waiting waiting = new Waiting(0, Optional.empty());
    private boolean connected = true;

    @Override
    public Waiting waiting() {
      if (waiting == null) {
        throw new StorageUnavailableException("The database is away, for this test", null);
      }
      return waiting;
    }

    @Override
    public Set<String> undelivered(Collection<String> requestIds) {
      return Set.of();
    }

    @Override
    public boolean brokerConnected() {
      return connected;
    }
  }

  @BeforeEach
  void startGauges() {
    List<ReadinessCheck> parts = List.of(database, keyFile);
    Instance<ReadinessCheck> instance = only(Instance.class, (method, args) -> parts.iterator());
    ScheduledExecutorService background =
        only(
            ScheduledExecutorService.class,
            (method, args) -> {
              check = (Runnable) args[0];
              return null;
            });
    new ReadinessGauges(
            only(MetricRegistry.class, this::register),
            instance,
            outbound,
            clock,
            ticker,
            background)
        .start(new Object());
  }

  @SuppressWarnings("unchecked")
  private Object register(String method, Object[] args) {
    assertThat(method).isEqualTo("gauge");
    StringBuilder name = new StringBuilder(((Metadata) args[0]).getName());
    for (Tag tag : (Tag[]) args[3]) {
      name.append(' ').append(tag.getTagValue());
    }
    Function<Object, Number> value = (Function<Object, Number>) args[2];
    gauges.put(name.toString(), () -> value.apply(args[1]).doubleValue());
    return null;
  }

  @SuppressWarnings("unchecked")
  private static <T> T only(Class<?> type, BiFunction<String, Object[], Object> answer) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> answer.apply(method.getName(), args));
  }

  private double value(String gauge) {
    return gauges.get(gauge).get();
  }

  @Test
  @DisplayName("Before the first check the gauges exist and report not ready")
  void beforeTheFirstCheck() {
    assertThat(gauges)
        .containsOnlyKeys(DATABASE, "pairing_ready key_file", BROKER, WAITING, OLDEST);
    assertThat(value(DATABASE)).isZero();
    assertThat(value(WAITING)).isNaN();
    assertThat(value(OLDEST)).isNaN();
  }

  @Test
  @DisplayName("Each part is reported, also one that throws")
  void parts() {
    check.run();
    assertThat(value(DATABASE)).isOne();
    assertThat(value("pairing_ready key_file")).isOne();
    keyFile.up = false;
    database.broken = true;
    check.run();
    assertThat(value("pairing_ready key_file")).isZero();
    assertThat(value(DATABASE)).isZero();
    database.broken = false;
    check.run();
    assertThat(value(DATABASE)).isOne();
  }

  @Test
  @DisplayName("A part whose check hangs is reported not ready, the others as before")
  void hangingCheck() {
    check.run();
    database.whileChecked =
        () -> {
          assertThat(value(DATABASE)).as("at first").isOne();
          ticker.move(Duration.ofMillis(1_001));
          assertThat(value(DATABASE)).as("after 1 s").isZero();
          assertThat(value("pairing_ready key_file")).isOne();
        };
    keyFile.whileChecked = () -> assertThat(value(DATABASE)).as("its own result").isZero();
    database.up = false;
    check.run();
    assertThat(value(DATABASE)).isZero();
  }

  @Test
  @DisplayName("Reading the gauges calls no check")
  void readingIsFree() {
    check.run();
    for (int i = 0; i < 100; i++) {
      value(DATABASE);
      value(WAITING);
    }
    assertThat(database.asked).isEqualTo(1);
  }

  @Test
  @DisplayName("After a minute without a check nothing is reported ready")
  void stale() {
    check.run();
    clock.move(Duration.ofHours(-1));
    ticker.move(Duration.ofSeconds(59));
    assertThat(value(DATABASE)).isOne();
    assertThat(value(WAITING)).isZero();
    ticker.move(Duration.ofSeconds(1));
    assertThat(value(DATABASE)).isZero();
    assertThat(value(WAITING)).isNaN();
    assertThat(value(OLDEST)).isNaN();
  }

  @Test
  @DisplayName("The waiting messages and the age of the oldest are reported")
  void waiting() {
    outbound.waiting = new OutboxStatus.Waiting(7, Optional.of(start.minusSeconds(90)));
    check.run();
    assertThat(value(WAITING)).isEqualTo(7);
    assertThat(value(OLDEST)).isEqualTo(90);
    clock.move(Duration.ofMillis(1500));
    assertThat(value(OLDEST)).isEqualTo(91.5);
    outbound.waiting = new OutboxStatus.Waiting(0, Optional.empty());
    check.run();
    assertThat(value(OLDEST)).isZero();
  }

  @Test
  @DisplayName("Without the database the outbox gauges are unknown")
  void withoutDatabase() {
    outbound.waiting = null;
    outbound.connected = false;
    check.run();
    assertThat(value(WAITING)).isNaN();
    assertThat(value(OLDEST)).isNaN();
    assertThat(value(BROKER)).isZero();
    assertThat(value(DATABASE)).isOne();
  }

  @Test
  @DisplayName("An age is never negative, even if another server's clock is ahead")
  void clockAhead() {
    outbound.waiting = new OutboxStatus.Waiting(1, Optional.of(start.plusSeconds(5)));
    check.run();
    assertThat(value(OLDEST)).isZero();
  }
}
