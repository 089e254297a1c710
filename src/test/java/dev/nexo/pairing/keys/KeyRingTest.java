package dev.nexo.pairing.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testkit.MovableClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Key ring")
class KeyRingTest {

  @TempDir Path home;
  private final MovableClock clock = new MovableClock();
  private final MovableTicker ticker = new MovableTicker();
  private final AtomicBoolean away = new AtomicBoolean();

  /** What the database would hold, which can go away. */
  private final class Rows extends SigningKeyTable {

    private final List<SigningKeyEntity> rows = new ArrayList<>();
    private Runnable whileAsked = () -> {};
    private final Queue<Runnable> beforeRead = new ArrayDeque<>();
    private final Queue<Runnable> afterRead = new ArrayDeque<>();
    private int promises;
    private int reads;

    Rows() {
      super(null, clock);
    }

    private static void once(Queue<Runnable> due) {
      Runnable next = due.poll();
      if (next != null) {
        next.run();
      }
    }

    @Override
    public List<SigningKeyEntity> all() {
      reads++;
      if (away.get()) {
        throw new StorageUnavailableException("away", null);
      }
      once(beforeRead);
      List<SigningKeyEntity> read = List.copyOf(rows);
      once(afterRead);
      return read;
    }

    @Override
    void first(String fingerprint, String origin) {
      SigningKeyEntity row = new SigningKeyEntity();
      row.fingerprint = fingerprint;
      row.origin = origin;
      rows.add(row);
    }

    @Override
    Optional<Instant> rotate(
        String before, String fingerprint, String origin, Instant atLeast, Actor by) {
      SigningKeyEntity old = row(before);
      old.retiredAt = clock.millis();
      old.validUntil = Math.max(old.issuedUntil, atLeast.toEpochMilli());
      first(fingerprint, origin);
      return Optional.of(old.end());
    }

    @Override
    public boolean promise(String fingerprint, long until) {
      if (away.get()) {
        throw new StorageUnavailableException("away", null);
      }
      promises++;
      whileAsked.run();
      SigningKeyEntity row = row(fingerprint);
      if (!row.isActive()) {
        return false;
      }
      row.issuedUntil = Math.max(row.issuedUntil, until);
      return true;
    }

    private SigningKeyEntity row(String fingerprint) {
      return rows.stream().filter(r -> r.fingerprint.equals(fingerprint)).findFirst().orElseThrow();
    }
  }

  private KeyRing ring() {
    return ring(new Rows());
  }

  private KeyRing ring(SigningKeyTable rows) {
    SetupCodeSettings settings =
        new SetupCodeSettings(home.resolve("s/key"), List.of(), Duration.ofSeconds(60));
    KeyFiles files = new KeyFiles(settings, new SecureRandom());
    return new KeyRing(files, rows, clock, ticker, settings, null);
  }

  @Test
  @DisplayName("A database outage leaves the known keys in use")
  void databaseAway() {
    KeyRing ring = ring();
    SigningKey key = ring.signing();
    away.set(true);
    assertThat(ring.signing()).isSameAs(key);
    ticker.move(Duration.ofSeconds(5));
    assertThat(ring.recent().verifying(clock.instant())).containsExactly(key);
    assertThat(ring.mac(new byte[1])).hasSize(32);
    assertThat(new SigningKeyCheck(ring, null).check().up()).isTrue();
  }

  @Test
  @DisplayName("Without a database no key is created and the server is not ready")
  void databaseNeverThere() {
    KeyRing ring = ring();
    away.set(true);
    assertThatThrownBy(() -> ring.signing()).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> ring.recent().verifying(clock.instant()))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(home.resolve("s")).doesNotExist();
    assertThat(new SigningKeyCheck(ring, null).check().up()).isFalse();
    away.set(false);
    assertThat(new SigningKeyCheck(ring, null).check().up()).isTrue();
    assertThat(ring.signing()).isNotNull();
  }

  @Test
  @DisplayName("A rotation during a refresh is no problem")
  void replacedDuringRefresh() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    KeyRing other = ring(rows);
    ring.signing();
    other.signing();
    for (Queue<Runnable> moment : List.of(rows.beforeRead, rows.afterRead)) {
      moment.add(() -> other.rotate(Actor.GATE));
      assertThat(ring.refresh().problem()).isNull();
      assertThat(moment).as("it was replaced").isEmpty();
      assertThat(ring.refresh().signing().fingerprint()).isEqualTo(other.signing().fingerprint());
    }
  }

  @Test
  @DisplayName("A new key of another server is found before the scheduled refresh")
  void newKeyElsewhere() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    KeyRing other = ring(rows);
    other.signing();
    SigningKey old = ring.signing();
    String fresh = other.rotate(Actor.GATE).fingerprint();
    ticker.move(Duration.ofMillis(100));
    assertThat(ring.recent().verifying(clock.instant()))
        .extracting(SigningKey::fingerprint)
        .containsExactly(fresh, old.fingerprint());
  }

  @Test
  @DisplayName("Verification reads the keys at most ten times a second")
  void refreshLimit() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    ring.signing();
    int before = rows.reads;
    for (int millis = 0; millis < 1_000; millis++) {
      for (int i = 0; i < 10; i++) {
        ring.recent();
      }
      ticker.move(Duration.ofMillis(1));
    }
    assertThat(rows.reads - before).isBetween(5, 10);
    ring.recent();
    before = rows.reads;
    clock.move(Duration.ofDays(-1));
    ring.recent();
    assertThat(rows.reads - before).as("the system time is set back").isZero();
    ticker.move(Duration.ofMillis(60));
    clock.move(Duration.ofMillis(-60));
    ticker.move(Duration.ofMillis(60));
    ring.recent();
    assertThat(rows.reads - before).as("it is set back while the keys age").isEqualTo(1);
  }

  @Test
  @DisplayName("The same limit applies while the database is away")
  void refreshLimitAway() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    ring.signing();
    away.set(true);
    ticker.move(Duration.ofSeconds(1));
    int before = rows.reads;
    for (int i = 0; i < 10; i++) {
      ring.recent();
    }
    assertThat(rows.reads - before).isEqualTo(1);
  }

  @Test
  @DisplayName("One write covers all tokens that expire in the next five minutes")
  void expiryExtension() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    long expiry = clock.millis() + 60_000;
    SigningKey key = ring.promised(expiry);
    away.set(true);
    assertThat(ring.promised(expiry - 1)).isSameAs(key);
    assertThat(ring.promised(expiry + 300_000)).isSameAs(key);
    assertThat(rows.promises).isEqualTo(1);
    assertThatThrownBy(() -> ring.promised(expiry + 300_001))
        .as("what cannot be promised is not signed")
        .isInstanceOf(StorageUnavailableException.class);
    away.set(false);
    assertThat(ring.promised(expiry + 300_001).fingerprint()).isEqualTo(key.fingerprint());
    assertThat(rows.promises).isEqualTo(2);
  }

  @Test
  @DisplayName("A key that is rotated before its use is recorded signs nothing")
  void replacedBeforeUse() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    KeyRing other = ring(rows);
    SigningKey old = ring.signing();
    other.signing();
    rows.whileAsked =
        () -> {
          rows.whileAsked = () -> {};
          other.rotate(Actor.GATE);
        };
    SigningKey key = ring.promised(clock.millis() + 60_000);
    assertThat(key.fingerprint()).isNotEqualTo(old.fingerprint());
    assertThat(rows.promises).isEqualTo(2);
  }

  @Test
  @DisplayName("Signing fails if the key is rotated at every attempt")
  void replacedAgain() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    KeyRing other = ring(rows);
    ring.signing();
    other.signing();
    rows.whileAsked = () -> other.rotate(Actor.GATE);
    assertThatThrownBy(() -> ring.promised(clock.millis() + 60_000))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContaining("again and again");
  }
}
