package dev.nexo.pairing.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.Redemption;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.testkit.StubDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Secrets on disk and in the log")
class AtRestTest extends SessionContract {

  /** The database, its write-ahead log and its shared memory. */
  private String disk() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        all.append(Files.readString(file, ISO_8859_1));
      }
    }
    return all.toString();
  }

  private static String raw(String base64) {
    return new String(Base64.getUrlDecoder().decode(base64), ISO_8859_1);
  }

  @Test
  @DisplayName("Only hashes of tokens and nonces are stored and logged")
  void hashesAlone() throws IOException {
    StubDevice device = new StubDevice();
    BootstrapToken token = token();
    DeviceProof proof = device.proof(sessions().challenge(token).orElseThrow(), token);
    Redemption.Opened first;
    Redemption.Opened second;
    Redemption.Opened third;
    try (LogCapture log = LogCapture.of("")) {
      first = opened(sessions().redeem(token, proof));
      refused(sessions().redeem(token, proof));
      second = redeemed(token, device);
      DeviceProof rotation =
          device.proof(sessions().challenge(second.token()).orElseThrow(), second.token());
      third = opened(sessions().rotate(second.token(), rotation));
      sessions().find(third.token());
      assertThat(log.text()).contains("spent");
      for (Redemption.Opened opened : List.of(first, second, third)) {
        assertThat(log.text() + opened).doesNotContain(opened.token().value());
      }
      assertThat(log.text()).doesNotContain(token.value(), NONCE);
    }
    String disk = disk();
    // That these are found shows that the search could find the others.
    assertThat(disk)
        .contains(Sha256.hex(NONCE))
        .contains(Sha256.hex(third.token().value()))
        .contains(third.session().sessionId());
    assertThat(disk)
        .doesNotContain(token.value(), NONCE, proof.challenge().value(), proof.signature());
    for (Redemption.Opened opened : List.of(first, second, third)) {
      String value = opened.token().value();
      assertThat(disk).doesNotContain(value, raw(value));
    }
  }
}
