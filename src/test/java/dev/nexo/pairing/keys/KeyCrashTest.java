package dev.nexo.pairing.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.codec.BootstrapTokens;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.setupcode.SetupCodeContract;
import dev.nexo.pairing.testing.OnEveryDatabase;
import dev.nexo.pairing.testing.PairingContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Files and rows as a server leaves them that is killed while it replaces its key. */
@DisplayName("Signing key after a crash")
@OnEveryDatabase
class KeyCrashTest extends SetupCodeContract {

  private PairingContainer server;
  private KeyFiles files;
  private byte[] old;

  @BeforeEach
  void firstKey() {
    server = server("a");
    issue(server);
    files = server.get(KeyFiles.class);
    old = bytes(keyPath("a"));
  }

  private Path beside(String ending) {
    return keyPath("a").resolveSibling("pairing.key." + ending);
  }

  private void replaceInDatabase(String before, SigningKey next) {
    server
        .get(SigningKeyTable.class)
        .rotate(before, next.fingerprint(), "here", clock.instant().plusSeconds(60), OPERATOR);
  }

  private void assertStillSigns() {
    assertThat(ready(server).up()).isTrue();
    assertThat(bytes(keyPath("a"))).isEqualTo(old);
    assertThat(BootstrapTokens.verify(issue(server), List.of(new SigningKey(old)), clock.instant()))
        .isInstanceOf(TokenCheck.Valid.class);
  }

  @Test
  @DisplayName("Until the database has the new key the old one stays active")
  void beforeDatabase() throws IOException {
    SigningKey never = files.createDraft();
    assertThat(secrets("a")).hasSize(3);
    assertStillSigns();
    assertThat(verifies(server, signedBy(old))).isTrue();
    codes(server).rotateKey(OPERATOR);
    assertThat(inForce(server)).isNotEqualTo(never.fingerprint());
    assertThat(verifies(server, signedBy(old))).isTrue();
  }

  @Test
  @DisplayName("Incomplete and misnamed key files are ignored")
  void badFiles() {
    put(beside("0".repeat(64) + ".new.123.draft"), new byte[10]);
    put(beside("1".repeat(64) + ".new"), key(9));
    put(beside("2".repeat(64) + ".old"), new byte[31]);
    assertStillSigns();
    assertThat(verifies(server, signedBy(key(9)))).isFalse();
  }

  @Test
  @DisplayName("Files left by a crash are deleted after an hour, others are kept")
  void cleansUp() throws IOException {
    SigningKey never = files.createDraft();
    put(beside("0".repeat(64) + ".new.123.draft"), new byte[10]);
    put(beside("1.draft"), new byte[10]);
    put(beside("bak"), key(7));
    put(beside("draft"), key(7));
    for (String name : secrets("a")) {
      Files.setLastModifiedTime(
          keyPath("a").resolveSibling(name), FileTime.from(clock.instant().minusSeconds(3_601)));
    }
    Files.setLastModifiedTime(put(beside("2.draft"), key(7)), FileTime.from(clock.instant()));
    sweepKeys(server);
    assertThat(secrets("a"))
        .containsExactlyInAnyOrder(
            "pairing.key",
            "pairing.key." + Sha256.hex(old) + ".old",
            "pairing.key.bak",
            "pairing.key.draft",
            "pairing.key.2.draft")
        .doesNotContain("pairing.key." + never.fingerprint() + ".new");
  }

  @Test
  @DisplayName("Once the database has the new key its file replaces the old one")
  void afterDatabase() throws IOException {
    SigningKey next = files.createDraft();
    replaceInDatabase(Sha256.hex(old), next);
    assertThat(ready(server).up()).isTrue();
    assertThat(fingerprint(keyPath("a"))).isEqualTo(next.fingerprint());
    assertThat(verifies(server, signedBy(old))).isTrue();
    assertThat(verifies(server, issue(server))).isTrue();
    assertThat(secrets("a"))
        .containsExactlyInAnyOrder("pairing.key", "pairing.key." + Sha256.hex(old) + ".old");
  }

  @Test
  @DisplayName("The same holds after a restart if the old file is missing")
  void oldFileGone() throws IOException {
    SigningKey next = files.createDraft();
    stop(server);
    server = server("b");
    replaceInDatabase(Sha256.hex(old), next);
    Files.delete(keyPath("a"));
    PairingContainer restarted = server("a");
    assertThat(ready(restarted).up()).isTrue();
    assertThat(fingerprint(keyPath("a"))).isEqualTo(next.fingerprint());
    assertThat(mode(keyPath("a"))).isEqualTo("rw-------");
    assertThat(verifies(restarted, signedBy(old))).isTrue();
  }

  @Test
  @DisplayName("A key that an operator put there is not replaced")
  void foreignFile() throws IOException {
    SigningKey next = files.createDraft();
    put(keyPath("a"), key(5));
    replaceInDatabase(Sha256.hex(old), next);
    assertThat(ready(server).up()).isFalse();
    assertThat(word(server)).isEqualTo("the active key could not be renamed");
    assertThat(bytes(keyPath("a"))).isEqualTo(key(5));
    assertThatThrownBy(() -> verifies(server, signedBy(key(5))))
        .isInstanceOf(SigningKeyException.class);
    put(keyPath("a"), old);
    assertThat(ready(server).up()).isTrue();
    assertThat(fingerprint(keyPath("a"))).isEqualTo(next.fingerprint());
  }
}
