package dev.nexo.pairing.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.KeyRotation;
import dev.nexo.pairing.companion.SetupCodeRequest;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.setupcode.SetupCodeContract;
import dev.nexo.pairing.spi.TokenIssueListener;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Key rotation")
@OnEveryDatabase
class KeyRotationTest extends SetupCodeContract {

  private BootstrapToken recorded(PairingContainer server, Duration ttl) {
    return codes(server)
        .start(new SetupCodeRequest(null, null, ttl, null), OPERATOR)
        .code()
        .bootstrapToken();
  }

  @Test
  @DisplayName("The new key signs; the old one verifies until its last code expires")
  void rotates() throws IOException {
    PairingContainer server = server("a");
    BootstrapToken shortest = issue(server);
    BootstrapToken longest = recorded(server, Duration.ofMinutes(10));
    byte[] old = bytes(keyPath("a"));
    String oldName = "pairing.key." + fingerprint(keyPath("a")) + ".old";

    KeyRotation rotation = codes(server).rotateKey(OPERATOR);
    assertThat(fingerprint(keyPath("a"))).isEqualTo(rotation.fingerprint());
    assertThat(inForce(server)).isEqualTo(rotation.fingerprint());
    assertThat(rotation.stillValidUntil()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(secrets("a")).containsExactly("pairing.key", oldName);
    assertThat(bytes(keyPath("a").resolveSibling(oldName))).isEqualTo(old);
    assertThat(mode(keyPath("a"))).isEqualTo("rw-------");
    assertThat(mode(keyPath("a").resolveSibling(oldName))).isEqualTo("rw-------");
    assertThat(verifies(server, shortest)).isTrue();
    assertThat(verifies(server, longest)).isTrue();
    assertThat(verifies(server, issue(server))).isTrue();
    assertThat(audit(server).get(2))
        .satisfies(
            line -> {
              assertThat(line.action()).isEqualTo("key_rotated");
              assertThat(line.actor()).isEqualTo("operator");
              assertThat(line.detail())
                  .startsWith(rotation.fingerprint().substring(0, 16) + " ")
                  .endsWith(":" + keyPath("a"));
            });

    clock.move(Duration.ofMinutes(10).minusMillis(1));
    assertThat(verifies(server, longest)).isTrue();
    assertThat(verifies(server, signedBy(old))).isTrue();
    sweepKeys(server);
    assertThat(secrets("a")).hasSize(2);
    clock.move(Duration.ofMillis(1));
    assertThat(verifies(server, signedBy(old))).isFalse();
    sweepKeys(server);
    assertThat(secrets("a")).containsExactly("pairing.key");
    assertThat(ready(server).up()).isTrue();
  }

  @Test
  @DisplayName("Tokens of other servers and of before a restart stay valid")
  void allTokens() {
    PairingContainer gone = server("a");
    List<BootstrapToken> tokens = new ArrayList<>();
    tokens.add(issue(gone, Duration.ofMinutes(10)));
    PairingContainer other = server("a");
    tokens.add(issue(other, Duration.ofMinutes(20)));
    String before = inForce(gone);
    stop(gone);

    PairingContainer server = server("a");
    KeyRotation rotation = codes(server).rotateKey(OPERATOR);
    assertThat(rotation.stillValidUntil())
        .isBetween(
            clock.instant().plus(Duration.ofMinutes(20)),
            clock.instant().plus(Duration.ofMinutes(25)));
    assertThat(keys(server))
        .filteredOn(row -> row.fingerprint.equals(before))
        .extracting(SigningKeyEntity::end)
        .containsExactly(rotation.stillValidUntil());
    // Whether it has noticed by now or not.
    tokens.add(issue(other, Duration.ofMinutes(22)));
    for (int minutes : new int[] {10, 10, 2}) {
      clock.move(Duration.ofMinutes(minutes).minusMillis(1));
      for (PairingContainer each : List.of(server, other)) {
        ready(each);
        assertThat(tokens).allMatch(token -> verifies(each, token));
      }
      tokens.remove(0);
      clock.move(Duration.ofMillis(1));
    }
  }

  @Test
  @DisplayName("Rotation works without a key and many times in a row")
  void repeatedly() {
    PairingContainer server = server("a");
    KeyRotation first = codes(server).rotateKey(OPERATOR);
    assertThat(first.stillValidUntil()).isEqualTo(clock.instant().plus(Duration.ofSeconds(60)));
    BootstrapToken token = issue(server, Duration.ofHours(24));
    for (int i = 0; i < 5; i++) {
      codes(server).rotateKey(OPERATOR);
    }
    assertThat(keys(server)).hasSize(7);
    assertThat(inForce(server)).isEqualTo(fingerprint(keyPath("a")));
    clock.move(Duration.ofHours(24).minusMillis(1));
    assertThat(verifies(server, token)).isTrue();
  }

  @Test
  @DisplayName("Other servers use the new key or report where to copy it from")
  void otherServers() throws IOException {
    PairingContainer a = server("a");
    PairingContainer same = server("a");
    issue(a);
    Files.createDirectories(keyPath("b").getParent());
    Files.copy(keyPath("a"), keyPath("b"), StandardCopyOption.COPY_ATTRIBUTES);
    PairingContainer b = server("b");
    assertThat(ready(b).up()).isTrue();
    BootstrapToken token = issue(b);

    KeyRotation rotation = codes(a).rotateKey(OPERATOR);
    assertThat(ready(same).up()).isTrue();
    assertThat(verifies(a, issue(same))).isTrue();
    assertThat(verifies(same, token)).isTrue();
    assertThat(ready(b).up()).isFalse();
    assertThat(problem(b)).contains(":" + keyPath("a"));
    assertThat(verifies(b, token)).as("what it issued itself").isTrue();
    Files.copy(keyPath("a"), keyPath("b"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(ready(b).up()).isTrue();
    assertThat(inForce(b)).isEqualTo(rotation.fingerprint());
  }

  @Test
  @DisplayName("Another server of the directory verifies new codes at once")
  void sharedDirectory() {
    PairingContainer a = server("a");
    PairingContainer same = server("a");
    issue(a);
    // Often enough that the refresh once a second cannot be what notices it each time.
    for (int i = 0; i < 10; i++) {
      codes(a).rotateKey(OPERATOR);
      same.ticker().move(Duration.ofMillis(100));
      assertThat(verifies(same, issue(a))).as("replacement %d", i).isTrue();
    }
  }

  @Test
  @DisplayName("Each of several concurrent rotations reports its own result")
  void concurrent() throws Exception {
    PairingContainer first = server("a");
    issue(first);
    List<PairingContainer> servers = List.of(first, server("a"), server("a"));
    List<String> results =
        Together.run(
            6,
            i -> {
              try {
                return codes(servers.get(i % 3)).rotateKey(OPERATOR).fingerprint();
              } catch (SigningKeyException e) {
                return e.getMessage();
              }
            });
    List<String> done = results.stream().filter(r -> r.matches("[0-9a-f]{64}")).toList();
    assertThat(done).isNotEmpty().doesNotHaveDuplicates();
    assertThat(results.stream().filter(r -> !done.contains(r)))
        .allMatch(message -> message.contains("try again"));
    assertThat(keys(first)).extracting(row -> row.fingerprint).containsAll(done);
    assertThat(keys(first)).hasSize(1 + done.size());
    for (PairingContainer server : servers) {
      assertThat(ready(server).up()).isTrue();
    }
    assertThat(inForce(first)).isEqualTo(fingerprint(keyPath("a")));
    assertThat(secrets("a")).noneMatch(name -> name.endsWith(".new"));
  }

  @Test
  @DisplayName("Tokens issued during a rotation stay valid until they expire")
  void issuedMeanwhile() throws Exception {
    PairingContainer server = server("a");
    PairingContainer other = server("a");
    Duration ttl = Duration.ofMinutes(30);
    List<List<BootstrapToken>> issued =
        Together.run(
            4,
            thread -> {
              List<BootstrapToken> tokens = new ArrayList<>();
              for (int i = 0; i < 400 && thread > 0; i++) {
                // Each longer than the ones before it, so that the latest one counts.
                Duration life = ttl.plusMillis(i);
                tokens.add(
                    thread == 1
                        ? issue(server, life)
                        : i % 10 == 0 ? recorded(thread == 2 ? server : other, life) : null);
              }
              for (int i = 0; i < 5 && thread == 0; i++) {
                codes(server).rotateKey(OPERATOR);
              }
              return tokens;
            });
    clock.move(ttl.minusMillis(1));
    for (PairingContainer each : List.of(server, other)) {
      ready(each);
      for (List<BootstrapToken> tokens : issued) {
        assertThat(tokens.stream().filter(t -> t != null)).allMatch(token -> verifies(each, token));
      }
    }
    assertThat(keys(server)).hasSize(6);
  }

  @Test
  @DisplayName("If the old key cannot be kept, it stays active")
  void cannotKeepOld() throws IOException {
    PairingContainer server = server("a");
    BootstrapToken token = issue(server);
    String before = inForce(server);
    Path inTheWay = keyPath("a").resolveSibling("pairing.key." + before + ".old");
    Files.createDirectory(inTheWay);
    assertThatThrownBy(() -> codes(server).rotateKey(OPERATOR))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContainingAll(keyPath("a").toString(), "right to write");
    assertThat(inForce(server)).isEqualTo(before);
    assertThat(fingerprint(keyPath("a"))).isEqualTo(before);
    assertThat(verifies(server, token)).isTrue();
    Files.delete(inTheWay);
    assertThat(codes(server).rotateKey(OPERATOR).fingerprint()).isNotEqualTo(before);
    assertThat(verifies(server, token)).isTrue();
  }

  @Test
  @DisplayName("A code whose key was rotated before it was recorded is signed again")
  void signedAgain() {
    PairingContainer other = server("a");
    AtomicBoolean open = new AtomicBoolean();
    AtomicInteger signed = new AtomicInteger();
    List<String> heard = new ArrayList<>();
    PairingContainer server =
        keep(
            opening("a")
                .with(TokenIssueListener.class, heard::add)
                .with(
                    IdSource.class,
                    () -> {
                      if (open.get() && signed.incrementAndGet() == 1) {
                        codes(other).rotateKey(OPERATOR);
                      }
                      return "setup-" + signed.get();
                    })
                .open());
    open.set(true);
    BootstrapToken token = recorded(server, Duration.ofMinutes(30));
    assertThat(signed).hasValue(2);
    assertThat(heard).as("only what somebody got is counted").containsExactly("companion-v1");
    clock.move(Duration.ofMinutes(30).minusMillis(1));
    assertThat(verifies(server, token)).isTrue();
    assertThat(verifies(other, token)).isTrue();
    assertThat(audit(server).stream().filter(line -> line.action().equals("setup_issued")).count())
        .isEqualTo(1);
  }
}
