package dev.nexo.pairing.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Standard texts")
class StandardTextsTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[a-z]+}");

  private static Stream<Arguments> texts() {
    return StandardTexts.LANGUAGES.stream()
        .flatMap(
            language -> Stream.of(TextKind.values()).map(kind -> Arguments.of(language, kind)));
  }

  private static String text(String language, TextKind kind) {
    return StandardTexts.find(language, kind).orElseThrow().toString();
  }

  private static List<String> placeholders(String text) {
    return PLACEHOLDER.matcher(text).results().map(MatchResult::group).sorted().toList();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("texts")
  @DisplayName("Every language has every text, with the placeholders of the English one")
  void complete(String language, TextKind kind) {
    String text = text(language, kind);
    assertThat(placeholders(text)).isEqualTo(placeholders(text("en", kind)));
    assertThat(text.length()).isBetween(2, 250);
    assertThat(text).isEqualTo(text.strip());
    if (kind == TextKind.CHALLENGE) {
      assertThat(text).startsWith("🔐 ").endsWith("\n  `nexo pair approve {code}`");
    }
    if (!language.equals("en") && kind != TextKind.CODE_ONLY) {
      assertThat(text).isNotEqualTo(text("en", kind));
    }
  }

  @Test
  @DisplayName("The challenge in English has Nexo's wording, byte by byte")
  void nexo() {
    Map<TextPlaceholder, String> values = new EnumMap<>(Map.of(TextPlaceholder.CODE, "ABCD2345"));
    assertThat(
            StandardTexts.find("en", TextKind.CHALLENGE)
                .orElseThrow()
                .render(values, TextFormat.PLAIN))
        .isEqualTo("🔐 Pairing required.\nAsk the operator to run:\n  nexo pair approve ABCD2345");
  }

  @ParameterizedTest
  @FieldSource("LANGUAGES")
  @DisplayName("Only the text for held messages does not ask the sender to write again")
  void writeAgain(String language) {
    String approved = text(language, TextKind.APPROVED);
    String held = text(language, TextKind.APPROVED_HELD);
    assertThat(held).startsWith("✅ ").hasSizeLessThan(approved.length());
    assertThat(held.split("[.।。]")[0]).isEqualTo(approved.split("[.।。،]")[0]);
  }

  private static final List<String> LANGUAGES = StandardTexts.LANGUAGES;

  @Test
  @DisplayName("There are ten languages, and no texts in others")
  void languages() {
    assertThat(StandardTexts.LANGUAGES)
        .containsExactly("en", "es", "pt", "de", "fr", "it", "ar", "hi", "id", "zh");
    assertThat(StandardTexts.find("nl", TextKind.CHALLENGE)).isEmpty();
  }
}
