package dev.nexo.pairing.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.setupcode.SetupCodeContract;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Together;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Agreement of several servers on a signing key")
@OnEveryDatabase
class KeyReconcilerTest extends SetupCodeContract {

  @Test
  @DisplayName("A server with another key is not ready until it has the active one")
  void otherKey() throws Exception {
    put(keyPath("a"), key(1));
    put(keyPath("b"), key(2));
    PairingContainer a = server("a");
    assertThat(ready(a).up()).isTrue();
    PairingContainer b = server("b");
    assertThat(ready(b).up()).isFalse();
    assertThat(word(b)).isEqualTo("different from the key of the other servers");
    assertThat(problem(b)).contains(keyPath("b").toString(), "Copy it from", ":" + keyPath("a"));
    assertThatThrownBy(() -> issue(b))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContaining(":" + keyPath("a"));
    assertCannotTell(b, signedBy(key(2)), "its own verifies nothing");
    assertCannotTell(b, signedBy(key(1)), "the one that counts");

    Files.copy(keyPath("a"), keyPath("b"), StandardCopyOption.REPLACE_EXISTING);
    BootstrapToken token = issue(a);
    // By its own refresh, once a second.
    await().ignoreExceptionsInstanceOf(SigningKeyException.class).until(() -> verifies(b, token));
    assertThat(verifies(a, issue(b))).isTrue();
    assertThat(ready(b).up()).isTrue();
  }

  private static void assertCannotTell(PairingContainer server, BootstrapToken token, String why) {
    assertThatThrownBy(() -> verifies(server, token))
        .as(why)
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContaining("pairing.key");
  }

  @Test
  @DisplayName("A server without the active key refuses only what it can judge")
  void lacksActiveKey() throws Exception {
    put(keyPath("a"), key(1));
    PairingContainer a = server("a");
    BootstrapToken token = issue(a, Duration.ofHours(1));
    Path[] homes = {keyPath("missing"), keyPath("short"), keyPath("open"), keyPath("other")};
    put(homes[1], new byte[31]);
    Files.setPosixFilePermissions(
        put(homes[2], key(1)), PosixFilePermissions.fromString("rw-r--r--"));
    put(homes[3], key(2));
    Path previous = put(directory.resolve("old.key"), key(3));
    BootstrapToken expired =
        BootstrapTokens.sign(new SigningKey(key(3)), "p", clock.instant(), "n", null);
    for (String home : new String[] {"missing", "short", "open", "other"}) {
      PairingContainer server = server(home, previous);
      ready(server);
      assertCannotTell(server, token, home);
      assertThat(verifies(server, signedBy(key(3)))).as("a key that it has").isTrue();
      assertThat(verifies(server, expired)).as("expired, by a key that it has").isFalse();
      assertThat(verifies(server, new BootstrapToken("x"))).as("no token at all").isFalse();
    }
    assertThat(verifies(a, signedBy(key(2)))).as("by a server that has it").isFalse();
  }

  @Test
  @DisplayName("Before the first key no signature is valid")
  void noKeyYet() {
    PairingContainer server = server("a");
    assertThat(verifies(server, signedBy(key(1)))).isFalse();
    ready(server);
    assertThat(verifies(server, signedBy(key(1)))).isFalse();
  }

  @Test
  @DisplayName("A server without the key never creates a second one")
  void noSecondKey() {
    PairingContainer a = server("a");
    PairingContainer b = server("b");
    assertThat(ready(b).up()).isTrue();
    issue(a);
    assertThat(ready(b).up()).isFalse();
    assertThat(word(b)).isEqualTo("missing");
    assertThat(problem(b)).contains("missing", keyPath("b").toString(), ":" + keyPath("a"));
    assertThatThrownBy(() -> issue(b)).isInstanceOf(SigningKeyException.class);
    assertThat(keyPath("b")).doesNotExist();
  }

  @Test
  @DisplayName("A lost key is not replaced silently")
  void lostKey() throws Exception {
    PairingContainer a = server("a");
    BootstrapToken token = issue(a);
    Files.delete(keyPath("a"));
    assertThat(ready(a).up()).isFalse();
    assertCannotTell(a, token, "the key that signed it is lost");
    assertThatThrownBy(() -> issue(a))
        .isInstanceOf(SigningKeyException.class)
        .hasMessageContaining("backup");
    assertThat(keyPath("a")).doesNotExist();
  }

  @Test
  @DisplayName("Of servers that each create a key at once one wins")
  void concurrentKeys() throws Exception {
    List<PairingContainer> servers = List.of(server("a"), server("b"), server("c"));
    List<String> results = Together.run(3, i -> attempt(servers.get(i)));
    assertThat(results).containsOnlyOnce("issued").allMatch(r -> r.matches("issued|Copy it .*"));
    assertThat(keys(servers.get(0))).hasSize(1);
    assertThat(audit(servers.get(0))).hasSize(1);
    int winner = results.indexOf("issued");
    assertThat(inForce(servers.get(0)))
        .isEqualTo(fingerprint(keyPath(List.of("a", "b", "c").get(winner))));
  }

  private static String attempt(PairingContainer server) {
    try {
      issue(server);
      return "issued";
    } catch (SigningKeyException e) {
      return e.getMessage().substring(e.getMessage().indexOf("Copy it"));
    }
  }

  @Test
  @DisplayName("Servers that share a directory create one key")
  void sharedDirectory() throws Exception {
    List<PairingContainer> servers = List.of(server("a"), server("a"), server("a"));
    List<BootstrapToken> tokens = Together.run(3, i -> issue(servers.get(i)));
    for (PairingContainer server : servers) {
      assertThat(tokens).allMatch(token -> verifies(server, token));
    }
    assertThat(keys(servers.get(0))).hasSize(1);
    assertThat(secrets("a")).containsExactly("pairing.key");
  }

  @Test
  @DisplayName("A key installed by hand replaces the one configured as previous")
  void manualRotation() {
    put(keyPath("a"), key(1));
    PairingContainer before = server("a");
    BootstrapToken old = issue(before);
    stop(before);

    Path previous = put(directory.resolve("old.key"), key(1));
    put(keyPath("a"), key(2));
    PairingContainer after = server("a", previous);
    assertThat(ready(after).up()).isTrue();
    assertThat(inForce(after)).isEqualTo(Sha256.hex(key(2)));
    assertThat(verifies(after, old)).isTrue();
    clock.move(Duration.ofDays(30));
    ready(after);
    assertThat(verifies(after, signedBy(key(1)))).as("as long as it is configured").isTrue();
    assertThat(verifies(after, issue(after))).isTrue();
    assertThat(audit(after)).extracting("action").containsExactly("key_made", "key_rotated");
    assertThat(audit(after).get(1).detail()).startsWith(Sha256.hex(key(2)).substring(0, 16));
  }

  @Test
  @DisplayName("A server that has the new key as previous never goes back")
  void neverGoesBack() {
    put(keyPath("b"), key(1));
    Path next = put(directory.resolve("new.key"), key(2));
    PairingContainer b = server("b", next);
    assertThat(ready(b).up()).isTrue();
    assertThat(inForce(b))
        .as("what only verifies does not come into force")
        .isEqualTo(Sha256.hex(key(1)));
    BootstrapToken early = issue(b);

    put(keyPath("a"), key(2));
    PairingContainer a = server("a", put(directory.resolve("old.key"), key(1)));
    assertThat(ready(a).up()).isTrue();
    assertThat(ready(b).up()).isTrue();
    assertThat(inForce(b)).isEqualTo(Sha256.hex(key(2)));
    BootstrapToken token = issue(b);
    assertThat(BootstrapTokens.verify(token, List.of(new SigningKey(key(2))), clock.instant()))
        .isInstanceOf(TokenCheck.Valid.class);
    assertThat(verifies(a, token)).isTrue();
    assertThat(verifies(a, early)).isTrue();
    assertThat(verifies(b, early)).isTrue();
    for (int i = 0; i < 3; i++) {
      ready(a);
      ready(b);
    }
    assertThat(inForce(a)).isEqualTo(Sha256.hex(key(2)));
    assertThat(keys(a)).hasSize(2);
  }

  @Test
  @DisplayName("A server that has only the old key is not ready")
  void onlyOldKey() {
    put(keyPath("a"), key(1));
    put(keyPath("b"), key(1));
    PairingContainer b = server("b");
    BootstrapToken early = issue(b, Duration.ofHours(24));
    put(keyPath("a"), key(2));
    PairingContainer a = server("a", put(directory.resolve("old.key"), key(1)));
    assertThat(ready(a).up()).isTrue();
    assertThat(inForce(a)).isEqualTo(Sha256.hex(key(2)));
    assertThat(ready(b).up()).isFalse();
    assertThatThrownBy(() -> issue(b)).isInstanceOf(SigningKeyException.class);
    assertThat(inForce(b)).isEqualTo(Sha256.hex(key(2)));
    assertThat(verifies(b, early)).isTrue();
    clock.move(Duration.ofHours(25));
    assertCannotTell(b, signedBy(key(1)), "nothing it signed lives as long");
  }

  @Test
  @DisplayName("A bad previous key is ignored and logged")
  void badPreviousKey() throws Exception {
    Path missing = directory.resolve("missing.key");
    Path open = put(directory.resolve("open.key"), key(3));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    PairingContainer server = server("a", missing, open);
    // The first message must not depend on when the server's own check runs for the first time.
    ready(server);
    try (LogCapture log = LogCapture.of(KeyRing.class.getName())) {
      for (int i = 0; i < 3; i++) {
        // The server logs a problem again only if the file was valid in between.
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-------"));
        ready(server);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        ready(server);
        assertThat(ready(server).up()).isTrue();
        assertThat(log.lines("chmod 600 '" + open)).isEqualTo(i + 1);
      }
    }
    assertThat(ready(server).details())
        .containsEntry("previous_key_files", "missing; open to other users");
    assertThat(server.get(KeyRing.class).last().previousProblems())
        .extracting(KeyProblem::sentence)
        .anyMatch(sentence -> sentence.contains(missing.toString()))
        .anyMatch(sentence -> sentence.contains("chmod 600 '" + open));
    assertThat(verifies(server, signedBy(key(3)))).isFalse();
  }

  @Test
  @DisplayName("MACs of every valid key are recognized, and no others")
  void macs() {
    put(keyPath("a"), key(1));
    PairingContainer server = server("a", put(directory.resolve("old.key"), key(2)));
    KeyedMac macs = server.get(KeyedMac.class);
    byte[] message = {1, 2, 3};
    byte[] mac = macs.mac(message);
    assertThat(mac).isEqualTo(new SigningKey(key(1)).mac(message));
    Object[][] rows = {
      // MAC, whether it is recognised, why
      {mac, true, "whole"},
      {Arrays.copyOf(mac, 16), true, "its first 16 bytes"},
      {Arrays.copyOf(mac, 15), false, "too short to mean anything"},
      {new byte[0], false, "empty"},
      {Arrays.copyOf(mac, 33), false, "longer than a MAC"},
      {Arrays.copyOfRange(mac, 16, 32), false, "its last 16 bytes"},
      {new SigningKey(key(2)).mac(message), true, "by a previous key"},
      {new SigningKey(key(3)).mac(message), false, "by a foreign key"},
      {macs.mac(new byte[] {1, 2, 4}), false, "of another message"},
    };
    for (Object[] row : rows) {
      assertThat(macs.matches(message, (byte[]) row[0])).as((String) row[2]).isEqualTo(row[1]);
    }
  }
}
