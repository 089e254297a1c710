package dev.nexo.pairing.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.spi.PairingChannelAdapter;
import dev.nexo.pairing.spi.Reply;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.spi.SenderVerdict.Kind;
import dev.nexo.pairing.testing.ChannelWorld;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Adapter registry")
class AdapterRegistryTest {

  private static final PairingCode CODE = new PairingCode("ABCD2345");

  /** A bean of another module's, for a channel that has one already. */
  public static class SecondWhatsApp implements PairingChannelAdapter {
    @Override
    public String channelId() {
      return "whatsapp";
    }

    @Override
    public Optional<String> normalizeSender(String raw) {
      return Optional.of(raw);
    }

    @Override
    public void sendReply(Reply reply) {}
  }

  /** A bean of another module's, for a channel of its own. */
  public static class Matrix extends SecondWhatsApp {
    @Override
    public String channelId() {
      return "matrix";
    }
  }

  private static AdapterRegistry registry(Function<String, Optional<String>> normaliser) {
    PairingChannelAdapter adapter =
        new SecondWhatsApp() {
          @Override
          public Optional<String> normalizeSender(String raw) {
            return normaliser.apply(raw);
          }
        };
    return new AdapterRegistry(List.of(new AdapterRegistry.Found("test", adapter)), null);
  }

  @Test
  @DisplayName("Every bean that implements the interface is an adapter")
  void beans() {
    try (ChannelWorld world = ChannelWorld.builder().bean(Matrix.class).start()) {
      assertThat(world.get(PairingAdapterRegistry.class).channels())
          .containsExactly("matrix", "telegram", "whatsapp");
    }
  }

  @Test
  @DisplayName("Two beans for one channel prevent the start, and both are named")
  void twoBeans() {
    assertThatThrownBy(() -> ChannelWorld.builder().bean(SecondWhatsApp.class).start().close())
        .hasStackTraceContaining("The channel whatsapp has two adapters")
        .hasStackTraceContaining(SecondWhatsApp.class.getName())
        .hasStackTraceContaining("dev.nexo.pairing.channel.whatsapp.WhatsAppAdapter");
  }

  @Test
  @DisplayName("A configured adapter beside a bean for its channel prevents the start")
  void beanAndConfigured() {
    assertThatThrownBy(
            () ->
                ChannelWorld.builder()
                    .nats("nats://127.0.0.1:1")
                    .adapter("telegram", "plugins.telegram")
                    .start()
                    .close())
        .hasStackTraceContaining("pairing.adapters.telegram.broker_prefix")
        .hasStackTraceContaining("TelegramAdapter");
  }

  @Test
  @DisplayName("A channel without an adapter uses the trimmed id")
  void noAdapter() {
    AdapterRegistry registry = registry(Optional::of);
    String clean = "any id";
    assertThat(registry.normalizeSender("sms", clean).orElseThrow()).isSameAs(clean);
    assertThat(registry.normalizeSender("sms", "\u00a0\u2003 \u0085\tx\u3000\r\n")).contains("x");
    assertThat(registry.challengeText("sms", CODE))
        .isEqualTo("🔐 Pairing required.\nAsk the operator to run:\n  nexo pair approve ABCD2345");
  }

  @Test
  @DisplayName("Ids that are invalid on every channel never reach an adapter")
  void invalidIds() {
    AdapterRegistry registry =
        registry(
            raw -> {
              throw new AssertionError("asked for " + raw.length() + " characters");
            });
    for (String raw :
        new String[] {null, "", " \u2003", "x".repeat(257), "a\nb", "a\u0000", "a\u0085b"}) {
      assertThat(registry.normalizeSender("whatsapp", raw)).isEmpty();
    }
    assertThat(registry(Optional::of).normalizeSender("whatsapp", "x".repeat(256))).isPresent();
  }

  @Test
  @DisplayName("Ids with unpaired surrogates are rejected")
  void loneSurrogates() {
    AdapterRegistry registry = registry(raw -> Optional.of("a\udc00"));
    assertThat(registry.normalizeSender("sms", "a\ud800")).isEmpty();
    assertThat(registry.normalizeSender("sms", "a\udc00\ud800")).isEmpty();
    assertThat(registry.normalizeSender("whatsapp", "fine")).isEmpty();
    assertThat(registry.normalizeSender("sms", "a\ud83d\udd10")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "00",
        "-0",
        "+0",
        "0.0",
        "null",
        "NULL",
        "None",
        "nil",
        "undefined",
        "Undefined",
        "NaN",
        "[object Object]",
        "unknown",
        "Anonymous",
        "N/A",
        "(null)",
        " undefined ",
        "@undefined",
        "@None",
        "+",
        "@",
        "-",
        "+undefined",
        "+null",
        "@null:undefined",
        "undefined@none",
        "null null",
        "<undefined>",
        "\"None\"",
        "@0",
        "0:0",
        "00000000-0000-0000-0000-000000000000",
        "anonymous@anonymous.invalid",
        "group:undefined",
        "group:0"
      })
  @DisplayName("What a plugin writes for a lost id is nobody, on every channel")
  void missingIds(String raw) {
    AdapterRegistry registry = registry(Optional::of);
    for (String channel : List.of("sms", "whatsapp")) {
      assertThat(registry.assess(channel, raw)).isEqualTo(SenderVerdict.impossible("missing_id"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10",
        "+10",
        "nullius",
        "nana",
        "@unknown",
        "ana unknown",
        "01555",
        "0.5",
        "^_^",
        "[]",
        "#",
        "#null",
        "none@example.org",
        "@undefined:example.org",
        "00000000-0000-0000-0000-000000000001"
      })
  @DisplayName("Ids that only look like a lost one are somebody")
  void notMissing(String raw) {
    assertThat(registry(Optional::of).normalizeSender("sms", raw)).contains(raw);
  }

  @ParameterizedTest
  @CsvSource({
    "group:120363@G.US, group:120363@g.us",
    "group:sms:-5:topic:1, -5",
    "group:-1001234567890, -1001234567890",
    "group:group:-5, -5",
    "group:#talk, group:#talk"
  })
  @DisplayName("A group that an operator names has the form under which groups are stored")
  void groupForm(String raw, String canonical) {
    assertThat(registry(Optional::of).assess("sms", raw)).isEqualTo(SenderVerdict.group(canonical));
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "sms, 19:x@thread.v2;messageid=5, group:19:x@thread.v2, a chat of Teams",
    "sms, iMessage;+;chat5, group:iMessage;+;chat5, a group of iMessage",
    "sms, 1203:4@G.US, group:1203@g.us, a group of WhatsApp on a channel without an adapter",
    "whatsapp, 1203@g.us, group:1203@g.us, an adapter that calls it a person",
    "sms, group:19:x@thread.v2, group:19:x@thread.v2, the group as an operator names it",
    "sms, iMessage;-;+1, iMessage;-;+1, a person of iMessage",
    "sms, 19:x, 19:x, a person with a number in front",
    "sms, ana@g.us.example, ana@g.us.example, another domain",
    "sms, '#12', '#12', a visitor",
  })
  @DisplayName("An id that only a chat has is that of the group")
  void chat(String channel, String raw, String canonical, String why) {
    SenderVerdict verdict = registry(Optional::of).assess(channel, raw);
    assertThat(verdict.canonical()).as(why).isEqualTo(canonical);
    assertThat(verdict.kind()).isEqualTo(canonical.contains("group:") ? Kind.GROUP : Kind.PERSON);
  }

  static Stream<Arguments> negativeNumbers() {
    return Stream.of(
        arguments("sms", "-100123", "-100123", Kind.GROUP, "a channel without an adapter"),
        arguments("sms", " -1001234567890\n", "-1001234567890", Kind.GROUP, "with white space"),
        arguments("sms", "-100123.0", "-100123.0", Kind.GROUP, "a spreadsheet's decimal"),
        arguments("sms", "100123", "100123", Kind.PERSON, "a positive number"),
        arguments("sms", "-ana", "-ana", Kind.PERSON, "a name that begins with a dash"),
        arguments("sms", "-5:topic:1", "-5:topic:1", Kind.GROUP, "with a topic"),
        arguments("sms", "\u22125", "\u22125", Kind.GROUP, "another minus"),
        arguments("sms", "-5-7", "-5-7", Kind.PERSON, "two numbers"),
        arguments("sms", "-5ana", "-5ana", Kind.PERSON, "a name that begins with a number"),
        arguments("sms", "555-100", "555-100", Kind.PERSON, "a dash between digits"),
        arguments("whatsapp", "-100123", "-100123", Kind.GROUP, "an adapter that knows no groups"),
        arguments(
            "whatsapp", "tg:-100123", "-100123", Kind.GROUP, "only the canonical id shows it"),
        arguments("whatsapp", "-100123:tg", "-100123", Kind.GROUP, "a suffix, removed"),
        arguments("whatsapp", "tg:100123", "100123", Kind.PERSON, "a canonical person"));
  }

  @ParameterizedTest(name = "{4}")
  @MethodSource("negativeNumbers")
  @DisplayName("A negative number is a group, as received or in canonical form")
  void negativeNumber(String channel, String raw, String canonical, Kind kind, String why) {
    AdapterRegistry registry = registry(id -> Optional.of(id.replaceAll("^tg:|:tg$", "")));
    SenderVerdict verdict = registry.assess(channel, raw);
    assertThat(verdict.kind()).as(why).isEqualTo(kind);
    assertThat(verdict.canonical()).as(why).isEqualTo(canonical);
    // So that such a group is neither an owner nor notified.
    assertThat(SenderKey.isGroup(verdict.canonical())).as(why).isEqualTo(kind == Kind.GROUP);
  }

  @Test
  @DisplayName("An adapter that throws or returns null is unavailable")
  void throwing() {
    AdapterRegistry throwing =
        registry(
            raw -> {
              throw new IllegalArgumentException("broken");
            });
    assertThatThrownBy(() -> throwing.normalizeSender("whatsapp", "1"))
        .isInstanceOf(AdapterUnavailableException.class);
    assertThatThrownBy(() -> registry(raw -> null).normalizeSender("whatsapp", "1"))
        .isInstanceOf(AdapterUnavailableException.class);
    AdapterRegistry deep =
        registry(
            raw -> {
              throw new StackOverflowError();
            });
    assertThatThrownBy(() -> deep.normalizeSender("whatsapp", "1"))
        .isInstanceOf(AdapterUnavailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " x", "x ", "a\nb"})
  @DisplayName("An invalid canonical id from an adapter is rejected")
  void badCanonicalId(String canonical) {
    assertThat(registry(raw -> Optional.of(canonical)).normalizeSender("whatsapp", "1")).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "Ana@Example.org, lower case, a capital letter in an address",
    "ana@EXAMPLE.ORG, lower case, a capital letter in its domain",
    "+1 555 000 1111, between its digits, spaces in a number",
    "' +1 555 000 1111 ', between its digits, spaces around it too",
    "+1 555 000 1111, between its digits, no-break spaces in a number",
    "(555) 000-1111, between its digits, parentheses in front",
    "555-000-1111, between its digits, hyphens in a number",
    "+1.555.000.1111, between its digits, dots in a number",
    "\u202a+15550001111\u202c, invisible marks, marks around a number",
    "ana@example.org, , an address in lower case",
    "@Ana:example.org, , a Matrix id",
    "Ana, , a name",
    "+15550001111, , a number in canonical form",
    "15550001111, , a number without plus",
    "2f1c7e1a-5a0e-4a54-8a58-0d6a3a1f9f00, , a UUID",
    "555/0001111, between its digits, a slash in a number",
    "555\u2011000\u20131111, between its digits, other hyphens in a number",
  })
  @DisplayName("Without an adapter, ids that will probably not match have a warning")
  void warnings(String raw, String named, String why) {
    List<String> warnings = registry(Optional::of).warnings("signal", raw);
    if (named == null) {
      assertThat(warnings).as(why).isEmpty();
    } else {
      assertThat(warnings).as(why).singleElement().asString().contains(named);
    }
    // The channel's adapter decides, and this one has no warnings.
    assertThat(registry(Optional::of).warnings("whatsapp", raw)).as(why).isEmpty();
  }

  @Test
  @DisplayName("The plain challenge is sent if the adapter fails to format one")
  void formatFails() {
    PairingChannelAdapter adapter =
        new SecondWhatsApp() {
          @Override
          public String formatChallengeText(PairingCode code) {
            throw new IllegalStateException("no " + code.value());
          }
        };
    AdapterRegistry registry =
        new AdapterRegistry(List.of(new AdapterRegistry.Found("test", adapter)), null);
    assertThat(registry.challengeText("whatsapp", CODE)).contains("nexo pair approve ABCD2345");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Upper", "a.b", "a b"})
  @DisplayName("An adapter for an invalid channel id prevents the start")
  void badChannel(String channel) {
    PairingChannelAdapter adapter =
        new SecondWhatsApp() {
          @Override
          public String channelId() {
            return channel;
          }
        };
    AdapterRegistry registry =
        new AdapterRegistry(List.of(new AdapterRegistry.Found("some.Bean", adapter)), null);
    assertThatThrownBy(() -> registry.check("started")).hasMessageContaining("some.Bean");
  }
}
