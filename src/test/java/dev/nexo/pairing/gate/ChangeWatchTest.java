package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.spi.DecisionListener;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Change watch")
@OnEveryDatabase
class ChangeWatchTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.API);
  private static final ChannelAccount ACCOUNT = new ChannelAccount("chat", "default");

  @TempDir Path directory;
  @Parameter TestDatabase database;
  private final AtomicInteger hits = new AtomicInteger();
  private PairingContainer pairing;
  private StorageSettings storage;
  private ChangeWatch watch;

  @BeforeEach
  void open() {
    Path file = directory.resolve("pairing.db");
    storage = database.create(file);
    pairing = open(PairingContainer.over(file), storage);
    watch = pairing.get(ChangeWatch.class);
    // The tests call look() themselves.
    watch.stop();
    watch.look();
  }

  private PairingContainer open(PairingContainer.Opening opening, StorageSettings storage) {
    return opening
        .with(StorageSettings.class, storage)
        .with(DecisionListener.class, new HitCounter())
        .open();
  }

  @AfterEach
  void close() {
    pairing.close();
  }

  private final class HitCounter implements DecisionListener {

    @Override
    public void admittedFromCache(String channel) {
      hits.incrementAndGet();
    }

    @Override
    public void decided(String channel, Decision decision, long nanos) {
      // Not from the cache.
    }
  }

  private void move(long wallMillis, long tickerMillis) {
    pairing.clock().move(Duration.ofMillis(wallMillis));
    pairing.ticker().move(Duration.ofMillis(tickerMillis));
  }

  /** Whether a seeded sender is admitted from the cache. */
  private boolean isHit() {
    int before = hits.get();
    assertThat(pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE))
        .isEqualTo(Admit.MEMBER);
    return hits.get() > before;
  }

  private void seed() {
    pairing.store().seed(ACCOUNT, List.of(new SeedEntry("ana", null)), OPERATOR);
    watch.look();
    assertThat(isHit()).isFalse();
    assertThat(isHit()).isTrue();
  }

  @ParameterizedTest(name = "wall clock {0} ms, monotonic {1} ms: {2} ({3})")
  @CsvSource({
    "1000, 1000, true, the whole second",
    "1001, 1001, false, more than a second",
    "300, 1200, false, the wall clock was set back by 900 ms meanwhile",
    "0, 1001, false, the wall clock stands still",
    "999, 3600999, false, the wall clock was set back by an hour meanwhile",
    "1001, 1, false, the machine was suspended",
    "3600000, 10, false, the wall clock was set forward",
    "-1, 10, false, the wall clock is before the last check",
    "-900, 300, false, the wall clock was set back by 1.2 s",
  })
  @DisplayName("A cached admission is used for at most 1 s after a check, by both clocks")
  void trust(long wallMillis, long tickerMillis, boolean used, String reason) {
    seed();
    move(wallMillis, tickerMillis);
    assertThat(isHit()).as(reason).isEqualTo(used);
  }

  @Test
  @DisplayName("Entries read before a gap are invalid, even if nothing changed")
  void backAfterAGap() {
    seed();
    int before = watch.epochs().of(0);
    move(1_000, 1_000);
    watch.look();
    assertThat(watch.epochs().of(0)).as("no gap, no change").isEqualTo(before);
    move(101, 1_001);
    watch.look();
    assertThat(watch.epochs().of(0)).as("a gap by the monotonic clock").isGreaterThan(before);
    before = watch.epochs().of(0);
    move(1_001, 1_000);
    watch.look();
    assertThat(watch.epochs().of(0)).as("a gap by the wall clock").isGreaterThan(before);
  }

  private void rename(String table, String name) throws SQLException {
    String url = storage.url().orElse("jdbc:sqlite:" + directory.resolve("pairing.db"));
    try (Connection other =
            DriverManager.getConnection(
                url, storage.username().orElse(null), storage.password().orElse(null));
        Statement statement = other.createStatement()) {
      statement.execute("ALTER TABLE " + table + " RENAME TO " + name);
    }
  }

  @Test
  @DisplayName("After a failed check, which may have lost a narrowing, all entries are invalid")
  void failedCheck() throws SQLException {
    seed();
    String counter = database == TestDatabase.SQLITE ? "pairing_narrowing" : "pairing_change";
    int before = watch.epochs().of(0);
    rename(counter, "elsewhere");
    watch.look();
    assertThat(watch.epochs().of(0)).as("failed").isEqualTo(before);
    rename("elsewhere", counter);
    watch.look();
    int after = watch.epochs().of(0);
    assertThat(after).as("the next success").isGreaterThan(before);
    watch.look();
    assertThat(watch.epochs().of(0)).as("once").isEqualTo(after);
  }

  @Test
  @DisplayName("Setting the clock back does not make the cache valid again")
  void clockSetBackWhileCutOff() {
    PairingContainer cutOff = PairingContainer.over(directory.resolve("cut-off.db")).open();
    ChangeWatch lonely = cutOff.get(ChangeWatch.class);
    lonely.stop();
    lonely.look();
    long millis = cutOff.clock().millis();
    long nanos = cutOff.ticker().read();
    assertThat(lonely.isCurrent(millis, nanos)).isTrue();
    cutOff.close();
    cutOff.clock().move(Duration.ofSeconds(20));
    lonely.look();
    assertThat(lonely.isCurrent(millis, nanos)).as("20 s of unknown changes").isFalse();
  }
}
