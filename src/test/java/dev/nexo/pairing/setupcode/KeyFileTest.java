package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.Readiness;
import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.config.SetupCodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The key file is looked at before the server is ready:")
class KeyFileTest {

  @TempDir Path directory;

  private Readiness.State check(Path path) {
    return new KeyFile(new SetupCodeSettings(path, List.of(), Duration.ofSeconds(60))).check();
  }

  @Test
  @DisplayName("a missing one is made later")
  void missing() {
    assertThat(check(directory.resolve("pairing.key")).up()).isTrue();
  }

  @ParameterizedTest(name = "{0} bytes, {1}: ready = {2}")
  @CsvSource({
    "32, rw-------, true",
    "32, r--------, true",
    "31, rw-------, false",
    "33, rw-------, false",
    "0, rw-------, false",
    "32, rw-r-----, false",
    "32, rw----r--, false",
    "32, rw-rw-rw-, false"
  })
  @DisplayName("one that is there has to be 32 bytes and its owner's alone")
  void lengthAndMode(int length, String mode, boolean ready) throws IOException {
    Path path = Files.write(directory.resolve("pairing.key"), new byte[length]);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    assertThat(check(path).up()).isEqualTo(ready);
    assertThat(Files.size(path)).isEqualTo(length);
  }

  @Test
  @DisplayName("Nexo's own is fine, a directory is not")
  void nexosOwn() throws IOException {
    Path path = Files.write(directory.resolve("pairing.key"), Vectors.bytes("nexo-pairing.key"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    assertThat(check(path).up()).isTrue();
    assertThat(check(directory).up()).isFalse();
  }
}
