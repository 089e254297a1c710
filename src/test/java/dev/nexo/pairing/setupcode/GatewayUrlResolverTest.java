package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.companion.PublicUrlUnknownException;
import dev.nexo.pairing.config.GatewaySettings;
import dev.nexo.pairing.config.Policies;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Sources of the gateway URL")
class GatewayUrlResolverTest {

  @TempDir Path home;

  private Path tunnelFile() {
    return home.resolve("tunnel.url");
  }

  private GatewayUrlResolver urls(String configured, String tunnel) {
    return urls(configured, tunnel, List.of(), List.of());
  }

  private GatewayUrlResolver urls(
      String configured,
      String tunnel,
      List<ChannelAccount> configuredAccounts,
      List<ChannelAccount> storedAccounts) {
    return new GatewayUrlResolver(
        new GatewaySettings(
            Optional.ofNullable(configured),
            Optional.ofNullable(tunnel),
            tunnelFile(),
            List.of("kitchen.example")),
        policies(configuredAccounts),
        store(storedAccounts));
  }

  static Policies policies(List<ChannelAccount> accounts) {
    return answering(Policies.class, "accounts", accounts);
  }

  static PairingStore store(List<ChannelAccount> accounts) {
    return answering(PairingStore.class, "accounts", accounts);
  }

  private static <T> T answering(Class<T> type, String method, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              if (!called.getName().equals(method)) {
                throw new UnsupportedOperationException(called.getName());
              }
              return answer;
            }));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "wss://a, wss://b, wss://c, wss://d, wss://a/pair, --public-url",
        "-, wss://b, wss://c, wss://d, wss://b/pair, pairing.public_url",
        "-, -, wss://c, wss://d, wss://c/pair, NEXO_TUNNEL_URL",
        "-, -, -, wss://d, wss://d/pair, tunnel.url",
        "' ', '', ' ', wss://d, wss://d/pair, tunnel.url",
        "'', wss://b, -, -, wss://b/pair, pairing.public_url",
        "-, -, -, ' https://d ', wss://d/pair, tunnel.url",
        "ws://kitchen.example, -, -, -, ws://kitchen.example/pair, --public-url"
      })
  @DisplayName("The first source that is set is used")
  void firstSource(
      String requested, String configured, String tunnel, String line, String url, String source)
      throws IOException {
    if (line != null) {
      Files.writeString(tunnelFile(), line + "\nwss://second-line\n");
    }
    assertThat(urls(configured, tunnel).find(requested))
        .isEqualTo(new GatewayUrlResolver.Found(url, source));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          UTF-8    | \ufeffwss://d
          UTF-8    | \ufeff"wss://d"
          UTF-8    | 'wss://d'
          UTF-8    | \u201cwss://d\u201d
          UTF-8    | \u00ab\u00a0wss://d\u00a0\u00bb
          UTF-8    | <https://d>
          UTF-8    | `wss://d/`
          UTF-8    | \u200bwss://d\u200b
          UTF-16LE | \ufeffwss://d
          UTF-16BE | \ufeff"wss://d"
          """)
  @DisplayName("A byte order mark, line ends and quotes around the URL are ignored")
  void copied(Charset charset, String line) throws IOException {
    for (String end : List.of("", "\n", "\r\n", " \r\n\r\n")) {
      Files.writeString(tunnelFile(), line + end, charset);
      assertThat(urls(null, null).find(null).url()).isEqualTo("wss://d/pair");
    }
    Files.delete(tunnelFile());
    assertThat(urls(null, line).find(null).url()).isEqualTo("wss://d/pair");
    assertThat(urls(line, null).find(null).url()).isEqualTo("wss://d/pair");
    assertThat(urls(null, null).find(line).url()).isEqualTo("wss://d/pair");
  }

  @Test
  @DisplayName("A URL in UTF-16 that is too long is refused, not cut off")
  void tooLongInUtf16() throws IOException {
    Files.writeString(tunnelFile(), "\ufeffwss://d/" + "a".repeat(700), StandardCharsets.UTF_16LE);
    assertThatThrownBy(() -> urls(null, null).find(null))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("600");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wss://a\"b", "wss://a b", "\"wss://a\" wss://b", "wss://a\u200b.com"})
  @DisplayName("Nothing inside a URL is ignored")
  void inside(String url) {
    assertThatThrownBy(() -> urls(url, null).find(null)).isInstanceOf(InvalidValueException.class);
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}: {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "ws://a.com, wss://b, wss://c, wss://d, public_url",
        "-, ws://b.com, wss://c, wss://d, pairing.public_url",
        "-, -, ws://c.com, wss://d, NEXO_TUNNEL_URL",
        "-, -, -, ws://d.com, tunnel.url"
      })
  @DisplayName("A bad source is refused by name and not skipped")
  void badSource(String requested, String configured, String tunnel, String line, String field)
      throws IOException {
    Files.writeString(tunnelFile(), line);
    assertThatThrownBy(() -> urls(configured, tunnel).find(requested))
        .isInstanceOfSatisfying(
            InvalidValueException.class,
            refused -> {
              assertThat(refused.field()).isEqualTo(field);
              assertThat(refused).hasMessageContainingAll("wss://", "pairing.ws_cleartext_allow");
            });
  }

  @Test
  @DisplayName("A URL that is too long once escaped is refused by its source")
  void tooLong() throws IOException {
    String url = "wss://nexo.example.com/" + "é".repeat(100);
    Files.writeString(tunnelFile(), url);
    Map<String, ThrowingCallable> sources =
        Map.of(
            "public_url", () -> urls(null, null).find(url),
            "pairing.public_url", () -> urls(url, null).find(null),
            "NEXO_TUNNEL_URL", () -> urls(null, url).find(null),
            "tunnel.url", () -> urls(null, null).find(null));
    sources.forEach(
        (field, call) ->
            assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                    InvalidValueException.class,
                    refused -> assertThat(refused.field()).isEqualTo(field))
                .hasMessageContaining("600"));
  }

  @Test
  @DisplayName("The tunnel file is read each time")
  void tunnelFileIsRead() throws IOException {
    GatewayUrlResolver urls = urls(null, null);
    assertThatThrownBy(() -> urls.find(null)).isInstanceOf(PublicUrlUnknownException.class);
    Files.writeString(tunnelFile(), "wss://first\n");
    assertThat(urls.find(null).url()).isEqualTo("wss://first/pair");
    Files.writeString(tunnelFile(), "wss://second\r\n");
    assertThat(urls.find(null).url()).isEqualTo("wss://second/pair");
    Files.writeString(tunnelFile(), "\nwss://not-in-the-first-line\n");
    assertThatThrownBy(() -> urls.find(null)).isInstanceOf(PublicUrlUnknownException.class);
  }

  @Test
  @DisplayName("A malformed tunnel file is refused by name")
  void badTunnelFile() throws IOException {
    Files.createDirectory(tunnelFile());
    assertThatThrownBy(() -> urls(null, null).find(null))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContainingAll("tunnel.url", tunnelFile().toString());
    Files.delete(tunnelFile());
    Files.writeString(tunnelFile(), "wss://nexo.example.com/" + "a".repeat(100_000));
    assertThatThrownBy(() -> urls(null, null).find(null))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContainingAll("tunnel.url", "600");
  }

  @Test
  @DisplayName("Without any source the remedies are named")
  void noSource() {
    GatewayUrlResolver urls =
        urls(
            null,
            null,
            List.of(
                new ChannelAccount("whatsapp", "personal"), new ChannelAccount("chat", "default")),
            List.of(new ChannelAccount("chat", "default"), new ChannelAccount("telegram", "bot")));
    List<String> lines =
        catchThrowableOfType(PublicUrlUnknownException.class, () -> urls.find(null)).remedies();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).contains("public_url", "--public-url");
    assertThat(lines.get(1)).contains("pairing.public_url");
    assertThat(lines.get(2)).contains("NEXO_TUNNEL_URL", "$NEXO_HOME/state/tunnel.url");
    assertThat(lines.subList(3, 6))
        .containsExactly(
            "nexo-pair seed chat default <sender>…",
            "nexo-pair seed telegram bot <sender>…",
            "nexo-pair seed whatsapp personal <sender>…");
  }

  @Test
  @DisplayName("At most 100 accounts are named, with a hint that there are more")
  void accountLimit() {
    assertThat(remedies(60, 40)).hasSize(103).doesNotHaveDuplicates();
    assertThat(remedies(60, 40).get(102)).startsWith("nexo-pair seed chat b");
    for (int[] more : new int[][] {{60, 41}, {0, 101}, {101, 0}, {80, 80}}) {
      List<String> lines = remedies(more[0], more[1]);
      assertThat(lines).hasSize(104).doesNotHaveDuplicates();
      assertThat(lines.get(103)).contains("<channel> <account>", "other accounts");
    }
  }

  private List<String> remedies(int configured, int stored) {
    GatewayUrlResolver urls =
        urls(
            null,
            null,
            IntStream.range(0, configured)
                .mapToObj(i -> new ChannelAccount("chat", "a" + i))
                .toList(),
            IntStream.range(0, stored).mapToObj(i -> new ChannelAccount("chat", "b" + i)).toList());
    return catchThrowableOfType(PublicUrlUnknownException.class, () -> urls.find(null)).remedies();
  }
}
