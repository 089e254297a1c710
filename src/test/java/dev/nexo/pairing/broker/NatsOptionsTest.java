package dev.nexo.pairing.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.config.BrokerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("NATS options")
class NatsOptionsTest {

  private static final BrokerSettings.Tls NO_TLS =
      new BrokerSettings.Tls(Optional.empty(), Optional.empty(), Optional.empty());

  @TempDir Path directory;

  private static BrokerSettings settings(String url, BrokerSettings.Tls tls) {
    return new BrokerSettings(
        Optional.of(url),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        tls);
  }

  @Test
  @DisplayName("The description for the log names servers without credentials")
  void description() {
    NatsOptions options =
        new NatsOptions(
            settings("nats://a:s3cret@one:4222, nats://t0ken@two,TLS://three:1", NO_TLS));
    assertThat(options.describe()).isEqualTo("one:4222, two, three:1");
  }

  @Test
  @DisplayName("A missing or malformed PEM file is named in the message")
  void badFiles() throws Exception {
    Path junk = Files.writeString(directory.resolve("junk.pem"), "not a certificate");
    Path none = directory.resolve("none.pem");
    Path nothing = Files.writeString(directory.resolve("empty.pem"), "");
    for (Path path : new Path[] {junk, none, nothing}) {
      assertThatThrownBy(
              () ->
                  new NatsOptions(
                      settings(
                          "nats://host",
                          new BrokerSettings.Tls(
                              Optional.of(path), Optional.empty(), Optional.empty()))))
          .hasMessageStartingWith("pairing.broker.tls.ca_path: ")
          .hasMessageContaining(path.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a seed", "SUNOTASEED", "SUAAAA AAAA"})
  @DisplayName("A file without an NKey seed is named, and its content is not shown")
  void badSeed(String content) throws Exception {
    Path file = Files.writeString(directory.resolve("seed.nk"), content);
    assertThatThrownBy(() -> NatsOptions.nkey(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pairing.broker.nkey_seed_path: expected an nkey user seed")
        .hasMessageContaining(file.toString());
  }
}
