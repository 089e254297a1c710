package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.setupcode.GatewayUrl.RefusedException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Gateway URL")
class GatewayUrlTest {

  private static final CleartextHosts NEAR = new CleartextHosts(List.of());

  static Stream<Arguments> vectors() {
    JsonObject file = Vectors.json("gateway-urls.json").asJsonObject();
    List<String> allowed =
        file.getJsonArray("ws_cleartext_allow").getValuesAs(JsonString::getString);
    return file.getJsonArray("cases").getValuesAs(JsonObject.class).stream()
        .map(
            row ->
                Arguments.of(
                    row.getString("url"),
                    row.getBoolean("allowed"),
                    row.getString("resolved", null),
                    new CleartextHosts(allowed)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("vectors")
  @DisplayName("Every vector is allowed or refused as listed")
  void vectorsHold(String url, boolean allowed, String resolved, CleartextHosts cleartext)
      throws RefusedException {
    if (!allowed) {
      assertThatThrownBy(() -> GatewayUrl.of(url, cleartext)).isInstanceOf(RefusedException.class);
      return;
    }
    String found = GatewayUrl.of(url, cleartext);
    assertThat(found).matches("wss?://.*/pair(\\?.*)?");
    if (resolved != null) {
      assertThat(found).isEqualTo(resolved);
    }
  }

  /** URL, the text of the message, and the reason. */
  private static String[][] refusedUrls() {
    String long64 = "a".repeat(64) + ".";
    return new String[][] {
      // url, what the message says, why
      {"ws://127.0.0.1@evil.com/", "user name", "what stands before the @ is no host"},
      {"wss://@nexo.example.com/", "user name", "an empty user is one"},
      {"wss://a%40b:x@nexo.example.com/", "user name", "also where it is escaped"},
      {"ws://127.0.0.1%2eevil.com/", "host name", "an escape in a host"},
      {"ws://loc%61lhost/", "host name", "an escape that would become localhost"},
      {"ws://ⓛocalhost/", "host name", "letters that some fold into ASCII"},
      {"wss://münchen.example/", "host name", "not in its xn-- form"},
      {"ws://kitchen。local/", "host name", "a full stop of another script"},
      {"wss://my_host.example/", "host name", "Java and others disagree on underscores"},
      {"ws://010.0.0.1/", "host name", "8.0.0.1 to those who read octal"},
      {"wss://010.0.0.1/", "host name", "the same encrypted: another host than it looks"},
      {"ws://192.168.1.0x7/", "host name", "hexadecimal in an address"},
      {"ws://192.168.1/", "host name", "three numbers are an address to some"},
      {"ws://192.168.1.4.5/", "host name", "five are none"},
      {"ws://192.168.1.256/", "host name", "more than a byte"},
      {"ws://[::ffff:010.0.0.1]/", "host name", "octal inside v6"},
      {"ws://[fe80::1%25eth0]/", "host name", "a zone of this machine's own"},
      {"ws://[fe80::1%eth0]/", "URL such as|host name", "the same unescaped"},
      {"ws://[::1/", "URL such as", "a bracket left open"},
      {"ws://::1/", "host name", "v6 without brackets"},
      {"ws://[::127.0.0.1]/", "cleartext", "v4-compatible addresses are not v4"},
      {"ws://[64:ff9b::7f00:1]/", "cleartext", "NAT64 leads elsewhere"},
      {"ws://[2002:7f00:1::]/", "cleartext", "6to4 leads elsewhere"},
      {"ws://[fec0::1]/", "cleartext", "site-local v6 is no longer anything (RFC 3879)"},
      {"ws://[ff02::1]/", "cleartext", "multicast"},
      {"ws://[::]/", "cleartext", "any address is not loopback"},
      {"ws://0.0.0.0/", "cleartext", "the same in v4"},
      {"ws://100.64.0.1/", "cleartext", "a provider's network is not the operator's"},
      {"ws://128.0.0.1/", "cleartext", "just above loopback"},
      {"ws://126.255.255.255/", "cleartext", "just below loopback"},
      {"ws://[fe7f:ffff::1]/", "cleartext", "just below fe80::/10"},
      {"ws://foo.localhost/", "cleartext", "phones may ask the DNS for it"},
      {"ws://local./", "cleartext", "a top level domain of its own"},
      {"ws://x.local.evil.com/", "cleartext", ".local has to be the end"},
      {"ws://x.localhost.local.evil/", "cleartext", "the same"},
      {"http://nexo.example.com/", "cleartext", "http is ws"},
      {"ws://nexo.example.com./", "cleartext", "a dot at the end changes nothing"},
      {"wss://nexo.example.com../", "host name", "two dots are no name"},
      {"wss://.example.com/", "host name", "an empty label"},
      {"wss://-a.example.com/", "host name", "a label that begins with a dash"},
      {"wss://" + long64.repeat(4) + "com/", "host name", "longer than a name can be"},
      {"wss://nexo.example.com:0/", "port", "nobody listens there"},
      {"wss://nexo.example.com:65536/", "port", "no such port"},
      {"wss://nexo.example.com:-1/", "host name|URL such as", "no number"},
      {"wss://nexo.example.com:4294967297/", "host name|URL such as", "overflows"},
      {"wss://nexo.example.com/#", "fragment", "an empty fragment is one"},
      {"wss://nexo.example.com/\u0000x", "URL such as", "a control character"},
      {"wss://nexo.example.com/\nws://evil.com", "URL such as", "two lines"},
      {"wss://nexo.example.com/%zz", "URL such as", "no escape"},
      {"wss:/nexo.example.com/", "host name", "one slash"},
      {"//nexo.example.com/", "begin with", "no scheme"},
      {"file:///etc/passwd", "begin with", "another scheme"},
      {"wssx://nexo.example.com/", "begin with", "almost the scheme"},
      {"data:text/html,x", "begin with", "another scheme"},
      {"wss://nexo.example.com/" + "a".repeat(600), "600", "too long for a QR code"},
      {"wss://a.example/" + "a".repeat(580), "600.*/pair", "too long with its path"},
      {"wss://a.example/" + "é".repeat(100), "600.*escaped", "too long once it is escaped"},
    };
  }

  @Test
  @DisplayName("Hostile and mistaken URLs are refused, each for its reason")
  void refusals() {
    for (String[] row : refusedUrls()) {
      assertThatThrownBy(() -> GatewayUrl.of(row[0], NEAR))
          .as("%s: %s", row[0], row[2])
          .isInstanceOf(RefusedException.class)
          .message()
          .containsPattern(row[1]);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "' wss://nexo.example.com ', wss://nexo.example.com/pair",
    "HTTPS://NEXO.example.com:8443, wss://nexo.example.com:8443/pair",
    "wss://nexo.example.com., wss://nexo.example.com/pair",
    "ws://localhost., ws://localhost/pair",
    "ws://Kitchen.Local.:9090/, ws://kitchen.local:9090/pair",
    "wss://nexo.example.com:, wss://nexo.example.com/pair",
    "wss://nexo.example.com/repair, wss://nexo.example.com/repair/pair",
    "wss://nexo.example.com//, wss://nexo.example.com/pair",
    "wss://nexo.example.com/a/pair//?x=1&y=%20, wss://nexo.example.com/a/pair?x=1&y=%20",
    "wss://nexo.example.com?, wss://nexo.example.com/pair",
    "wss://nexo.example.com/é, wss://nexo.example.com/%C3%A9/pair",
    "ws://[FE80::1]:9090, ws://[fe80::1]:9090/pair",
    "ws://[febf::1], ws://[febf::1]/pair",
    "ws://[::FFFF:10.0.2.2], ws://[::ffff:10.0.2.2]/pair",
    "ws://[::ffff:7f00:1], ws://[::ffff:7f00:1]/pair",
    "wss://8.8.8.8, wss://8.8.8.8/pair"
  })
  @DisplayName("The normal form is lower case and ends with /pair")
  void normalForm(String url, String resolved) throws RefusedException {
    assertThat(GatewayUrl.of(url, NEAR)).isEqualTo(resolved);
  }

  @ParameterizedTest
  @CsvSource({
    "Kitchen.Example., ws://kitchen.example",
    "kitchen.example, ws://KITCHEN.example.",
    "8.8.8.8, ws://8.8.8.8",
    "8.8.8.8, ws://[::ffff:8.8.8.8]",
    "::ffff:8.8.8.8, ws://8.8.8.8",
    "fd12:3456::1, ws://[FD12:3456:0::1]",
    "[fd12:3456::1], ws://[fd12:3456::1]"
  })
  @DisplayName("A host of the clear-text list is recognized in every spelling")
  void clearTextHosts(String allowed, String url) throws RefusedException {
    assertThatThrownBy(() -> GatewayUrl.of(url, NEAR)).hasMessageContaining("cleartext");
    assertThat(GatewayUrl.of(url, new CleartextHosts(List.of(allowed)))).startsWith("ws://");
  }

  @Test
  @DisplayName("A refusal names the host and the remedies, never a password")
  void refusalMessage() {
    assertThatThrownBy(() -> GatewayUrl.of("ws://nexo.example.com", NEAR))
        .hasMessageContainingAll("nexo.example.com", "wss://", "pairing.ws_cleartext_allow");
    assertThatThrownBy(() -> GatewayUrl.of("wss://me:hunter2@nexo.example.com", NEAR))
        .hasMessageNotContaining("hunter2");
  }
}
