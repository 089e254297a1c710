package dev.nexo.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Copied text")
public class CopiedTextTest {

  private static final String ID = "1b4e28ba-2fa1-11d2-883f-0016d3cca427";

  /** An id as people paste it, and what did that to it. */
  public static Stream<Arguments> pastedIds() {
    return Stream.of(
        Arguments.of(ID, "as it is"),
        Arguments.of(" " + ID + "\n", "a terminal's line end"),
        Arguments.of("\ufeff" + ID, "an editor's byte order mark"),
        Arguments.of("\"" + ID + "\",", "a line of JSON"),
        Arguments.of("\u201c" + ID + "\u201d.", "a mail program's quotes at the end of a sentence"),
        Arguments.of("`" + ID + "`", "a chat's code"),
        Arguments.of("<" + ID + ">", "a placeholder that was filled in"),
        Arguments.of("(" + ID + ")", "parentheses"),
        Arguments.of(ID.replace('-', '\u2011'), "non-breaking hyphens"),
        Arguments.of(ID.replace('-', '\u2013'), "an editor's en dashes"),
        Arguments.of(ID.replace('-', '\u2212'), "minus signs"),
        Arguments.of(ID.replace("-", "-\u200b"), "places where a browser may break the line"),
        Arguments.of(ID.replace("-883f", "-\n  883f"), "a line that was broken"),
        Arguments.of("\u00a0" + ID + "\u200f", "a no-break space and a direction mark"),
        Arguments.of(ID.toUpperCase(java.util.Locale.ROOT), "capital letters"),
        Arguments.of(ID.replace('1', '\uff11'), "digits of an input method"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("pastedIds")
  @DisplayName("An id is read as it was shown")
  void id(String pasted, String reason) {
    assertThat(CopiedText.id(pasted)).isEqualTo(ID);
    assertThat(PairingCode.reference(pasted)).isEqualTo(ID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "session-1",
        "a_b=",
        "Session-A",
        "1b4e28ba-2fa1",
        "a/b",
        "a.b",
        "../x",
        "%22"
      })
  @DisplayName("Another id stays as it is, also its case")
  void others(String id) {
    assertThat(CopiedText.id(id)).isEqualTo(id);
  }

  @Test
  @DisplayName("A text that is too long for an id is not read")
  void limit() {
    String longer = "\"" + "a".repeat(300) + "\"";
    assertThat(CopiedText.id(longer)).isEqualTo(longer);
  }
}
