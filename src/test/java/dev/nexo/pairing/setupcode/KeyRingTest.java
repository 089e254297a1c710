package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.KeyRotation;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.testing.MovableClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {

  @TempDir Path home;
  private final MovableClock clock = new MovableClock();
  private final AtomicBoolean away = new AtomicBoolean();

  /** What the database would hold, which can go away. */
  private final class Rows extends SigningKeys {

    private final List<SigningKeyRow> rows = new ArrayList<>();
    private Runnable whileAsked = () -> {};

    Rows() {
      super(null, clock);
    }

    @Override
    List<SigningKeyRow> all() {
      if (away.get()) {
        throw new StorageUnavailableException("away", null);
      }
      return List.copyOf(rows);
    }

    @Override
    void first(String fingerprint, String origin) {
      SigningKeyRow row = new SigningKeyRow();
      row.fingerprint = fingerprint;
      row.origin = origin;
      rows.add(row);
    }

    @Override
    Optional<Instant> rotate(
        String before, String fingerprint, String origin, Instant atLeast, Actor by) {
      whileAsked.run();
      row(before).retiredAt = clock.millis();
      row(before).validUntil = atLeast.toEpochMilli();
      first(fingerprint, origin);
      return Optional.of(atLeast);
    }

    @Override
    void extend(String fingerprint, Instant until) {
      row(fingerprint).validUntil = until.toEpochMilli();
    }

    private SigningKeyRow row(String fingerprint) {
      return rows.stream().filter(r -> r.fingerprint.equals(fingerprint)).findFirst().orElseThrow();
    }
  }

  private KeyRing ring() {
    return ring(new Rows());
  }

  private KeyRing ring(SigningKeys rows) {
    SetupCodeSettings settings =
        new SetupCodeSettings(home.resolve("s/key"), List.of(), Duration.ofSeconds(60));
    KeyFiles files = new KeyFiles(settings, new SecureRandom());
    return new KeyRing(files, rows, new KeyAgreement(files, rows, clock), clock, settings, null);
  }

  @Test
  void aDatabaseThatGoesAwayLeavesTheKeysAsTheyWere() {
    KeyRing ring = ring();
    SigningKey key = ring.signing(0);
    away.set(true);
    assertThat(ring.signing(0)).isSameAs(key);
    assertThat(ring.verifying(clock.instant())).containsExactly(key);
    assertThat(new RingMac(ring, clock).mac(new byte[1])).hasSize(32);
    assertThat(new KeyReadiness(ring).check().up()).isTrue();
  }

  @Test
  void aDatabaseThatWasNeverThereIsSaidSoAndNoKeyIsMade() {
    KeyRing ring = ring();
    away.set(true);
    assertThatThrownBy(() -> ring.signing(0)).isInstanceOf(StorageUnavailableException.class);
    assertThatThrownBy(() -> ring.verifying(clock.instant()))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(home.resolve("s")).doesNotExist();
    assertThat(new KeyReadiness(ring).check().up()).isFalse();
    away.set(false);
    assertThat(new KeyReadiness(ring).check().up()).isTrue();
    assertThat(ring.signing(0)).isNotNull();
  }

  @Test
  void whatIsSignedWithTheOldKeyWhileItIsReplacedCountsToo() {
    Rows rows = new Rows();
    KeyRing ring = ring(rows);
    SigningKey old = ring.signing(0);
    Instant last = clock.instant().plus(Duration.ofHours(3));
    rows.whileAsked = () -> ring.signing(last.toEpochMilli());
    KeyRotation rotation = ring.rotate(Actor.GATE);
    assertThat(rotation.stillValidUntil()).isEqualTo(last);
    assertThat(fingerprints(ring, last.minusMillis(1)))
        .containsExactly(rotation.fingerprint(), old.fingerprint());
    assertThat(fingerprints(ring, last)).containsExactly(rotation.fingerprint());
  }

  private static List<String> fingerprints(KeyRing ring, Instant at) {
    return ring.verifying(at).stream().map(SigningKey::fingerprint).toList();
  }
}
