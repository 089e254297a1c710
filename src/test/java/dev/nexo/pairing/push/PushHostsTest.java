package dev.nexo.pairing.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.config.PushSettings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What browsers say of their push service")
class PushHostsTest {

  private static final PushHosts HOSTS =
      new PushHosts(
          new PushSettings(
              true,
              List.of(URI.create("http://localhost:8080"), URI.create("https://push.internal"))));

  @ParameterizedTest
  @DisplayName("Public addresses with TLS are accepted, and the configured origins")
  @ValueSource(
      strings = {
        "https://8.8.8.8/fcm/send/x",
        "https://[2606:4700::1111]/x",
        "http://localhost:8080/x",
        "http://LOCALHOST:8080/x?y=z",
        "https://push.internal:443/x"
      })
  void accepted(String endpoint) {
    assertThat(HOSTS.endpoint(endpoint)).isEqualTo(URI.create(endpoint));
  }

  @ParameterizedTest(name = "{1}")
  @DisplayName("Only public push services with TLS are accepted")
  @CsvSource({
    "http://push.example.org/x, no TLS",
    "https://127.0.0.1/x, this machine",
    "https://[::1]/x, this machine by IPv6",
    "https://[::ffff:10.0.0.1]/x, an IPv4 address in IPv6",
    "https://10.1.2.3/x, a private network",
    "https://192.168.0.1/x, a private network",
    "https://169.254.169.254/latest, the metadata of a cloud",
    "https://100.64.0.1/x, a carrier's network",
    "https://[fd00::1]/x, a unique local address",
    "https://[64:ff9b::a00:1]/x, a translated address",
    "https://0.0.0.0/x, no address",
    "https://2130706433/x, an address as a number",
    "https://user@fcm.googleapis.com/x, a user",
    "file:///etc/passwd, a file",
    "not a url, no URL",
    "http://localhost:1/x, another port than the allowed one"
  })
  void endpoints(String endpoint, String reason) {
    assertThatThrownBy(() -> HOSTS.endpoint(endpoint))
        .as(reason)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("endpoint must be");
  }

  @ParameterizedTest(name = "{2}")
  @DisplayName("Keys with which nothing can be encrypted are rejected")
  @CsvSource({
    "'', '', none",
    "AAAA, BTBZMqHH6r4Tts7J_aSIgg, not a point",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw8,"
        + "BTBZMqHH6r4Tts7J_aSIgg, a point beside the curve",
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4,"
        + "AAAA, a short secret",
    "?, ?, not base64url"
  })
  void keys(String p256dh, String auth, String reason) {
    assertThatThrownBy(() -> PushClient.requireKeys(p256dh, auth))
        .as(reason)
        .isInstanceOf(InvalidValueException.class)
        .hasMessageStartingWith("keys must be");
  }
}
