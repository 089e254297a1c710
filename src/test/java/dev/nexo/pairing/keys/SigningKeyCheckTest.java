package dev.nexo.pairing.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.Finding.Level;
import dev.nexo.pairing.setupcode.SetupCodeContract;
import dev.nexo.pairing.testing.PairingContainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Signing key check of the doctor")
class SigningKeyCheckTest extends SetupCodeContract {

  private static List<Finding> examined(PairingContainer server) {
    return server.get(SigningKeyCheck.class).examine();
  }

  private static Finding key(PairingContainer server) {
    return examined(server).get(0);
  }

  @Test
  @DisplayName("No key yet and a private key are both fine")
  void ok() {
    PairingContainer server = server("a");
    assertThat(examined(server)).extracting(Finding::level).containsExactly(Level.OK);
    start(server, null);
    assertThat(examined(server))
        .extracting(finding -> finding.check() + " " + finding.level().wireName())
        .containsExactly("key_file ok", "key_owner ok");
  }

  @Test
  @DisplayName("A key that other users can read is a fault with its remedy")
  void readable() throws IOException {
    PairingContainer server = server("a");
    start(server, null);
    Files.setPosixFilePermissions(keyPath("a"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(key(server).level()).isEqualTo(Level.FAULT);
    assertThat(key(server).text()).contains("accessible to other users");
    assertThat(key(server).remedy()).contains("chmod 600", keyPath("a").toString());
  }

  @Test
  @DisplayName("A missing or different key is a fault")
  void missing() throws IOException {
    PairingContainer server = server("a");
    start(server, null);
    PairingContainer other = server("b");
    assertThat(key(other).text()).contains("missing");
    put(keyPath("b"), key(7));
    assertThat(key(other).text()).contains("different from the key");
    assertThat(key(other).level()).isEqualTo(Level.FAULT);
    assertThat(key(server).level()).isEqualTo(Level.OK);
    assertThat(examined(server).toString() + examined(other)).doesNotContain("AcAAA");
  }

  @Test
  @DisplayName("A missing previous key is a warning")
  void previousKey() {
    PairingContainer server = server("a", directory.resolve("gone.key"));
    assertThat(examined(server))
        .filteredOn(finding -> finding.check().equals("previous_key_files"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.WARNING);
              assertThat(finding.text()).contains("gone.key");
            });
  }

  @Test
  @DisplayName("An unusable previous key is a warning with the remedy for its file")
  void unusablePreviousKey() throws IOException {
    Path old = put(directory.resolve("old.key"), key(7));
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(examined(server("a", old)))
        .filteredOn(finding -> finding.check().equals("previous_key_files"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Level.WARNING);
              assertThat(finding.text()).contains(old + " is accessible to other users");
              assertThat(finding.remedy()).endsWith("chmod 600 '" + old + "'");
            });
  }

  @ParameterizedTest(name = "of {0}, read by {1}: {2}")
  @CsvSource({"nexo,nexo,OK", "root,nexo,OK", "guest,nexo,WARNING", "guest,root,WARNING"})
  @DisplayName("A key file of another user is a warning")
  void keyOwner(String owner, String user, Level level) {
    Finding found = SigningKeyCheck.owner(Path.of("/k"), owner, user);
    assertThat(found.level()).isEqualTo(level);
    if (level != Level.OK) {
      assertThat(found.remedy()).isEqualTo("Run: chown " + user + " '/k'");
    }
  }
}
