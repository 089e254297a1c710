package dev.nexo.pairing.cli.companion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.cli.terminal.CommandException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Pair URL")
class PairUrlTest {

  @ParameterizedTest
  @CsvSource({
    "wss://nexo.example.com/pair, https://nexo.example.com/api/v1/companion/session",
    "ws://192.168.1.10:9090/pair, http://192.168.1.10:9090/api/v1/companion/session",
    "wss://nexo.example.com:8443/a/pair?x=%C3%A9, https://nexo.example.com:8443/a/api/v1/companion/session",
    "ws://[fe80::1]:9080/pair, http://[fe80::1]:9080/api/v1/companion/session",
    "WSS://Nexo.Example.com/pair, https://Nexo.Example.com/api/v1/companion/session",
    "wss://nexo.example.com, https://nexo.example.com/api/v1/companion/session",
    "wss://nexo.example.com/repair/, https://nexo.example.com/repair/api/v1/companion/session",
  })
  @DisplayName("The session URL is derived from the WebSocket URL")
  void sessionUrl(String url, String session) {
    assertThat(PairUrl.of(url).session()).hasToString(session);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "http://nexo.example.com/pair, scheme",
    "https://nexo.example.com/pair, scheme",
    "file:///etc/passwd, scheme",
    "nexo.example.com/pair, scheme",
    "ws:pair, host",
    "ws:///pair, host",
    "ws://a_b/pair, host",
    "ws://127.0.0.1:80@evil.example/pair, user info",
    "ws://user@nexo.local/pair, user info",
    "ws://nexo.local/pair#x, fragment",
    "ws://nexo.local:99999/pair, port",
    "ws://nexo.local:0/pair, port",
    "ws://nexo.local/pa ir, it is not a URL",
  })
  @DisplayName("An ambiguous or non-WebSocket URL is refused")
  void ambiguous(String url, String reason) {
    assertThatThrownBy(() -> PairUrl.of(url))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(reason);
  }
}
