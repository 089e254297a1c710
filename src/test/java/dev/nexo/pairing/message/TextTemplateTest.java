package dev.nexo.pairing.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Text template")
class TextTemplateTest {

  private static final TextFormat MARKED =
      new TextFormat() {
        @Override
        public String text(String plain) {
          return plain.replace("*", "\\*");
        }

        @Override
        public String command(String plain) {
          return "<" + plain + ">";
        }
      };

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          CHALLENGE | Hello                | lacks the code
          CHALLENGE | {code                | no end of the placeholder
          CHALLENGE | {code}}              | a brace too many
          CHALLENGE | {Code} {code}        | names are in lower case
          CHALLENGE | { code }             | no spaces inside
          CHALLENGE | {code} {codes}       | no such placeholder
          CHALLENGE | {code} {text}        | the sender knows the text
          CHALLENGE | {code} {}            | no name
          CHALLENGE | run `approve {code}  | the command does not end
          CODE_ONLY | Your code is {number} | another value
          CODE_ONLY | {code} {name}        | nothing but the code
          APPROVED  | Use {code}           | no code
          DENIED    | Use {code}           | no code
          EXPIRED   | Use {code}           | no code
          OWNER     | {number}: {code}     | no code
          OWNER     | {name}               | lacks the number
          APPROVED  | ""                   | empty
          """)
  @DisplayName("A template with a fault is rejected")
  void rejected(TextKind kind, String text, String why) {
    assertThat(TextTemplate.parse(kind, text)).as(why).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "a\u0000b", "a\u001b[31m", "a\rb"})
  @DisplayName("Control characters other than line breaks are rejected")
  void controls(String text) {
    assertThat(TextTemplate.parse(TextKind.APPROVED, text)).isEmpty();
    assertThat(TextTemplate.parse(TextKind.APPROVED, "a\r\nb").orElseThrow()).hasToString("a\nb");
  }

  @Test
  @DisplayName("A template has at most 1000 characters")
  void length() {
    assertThat(TextTemplate.parse(TextKind.APPROVED, "a".repeat(1_000))).isPresent();
    assertThat(TextTemplate.parse(TextKind.APPROVED, "a".repeat(1_001))).isEmpty();
  }

  @ParameterizedTest(name = "{4}")
  @CsvSource({
    "OWNER, #{number} {text}, 1, true, the standard text has it once",
    "OWNER, #{number} {text}, 15, true, as often as the longest words fit",
    "OWNER, #{number} {text}, 16, false, Telegram would refuse the notice",
    "OWNER, #{number} {name}, 13, false, names that are as long as an ID",
    "APPROVED, Welcome {name}, 14, false, a message to the sender",
    "CHALLENGE, {code}, 100, true, short values",
  })
  @DisplayName("A placeholder can be repeated if every message fits")
  void repeated(TextKind kind, String line, int times, boolean fits, String why) {
    String text = (line + "\n").repeat(times);
    assertThat(TextTemplate.parse(kind, text).isPresent()).as(why).isEqualTo(fits);
  }

  @Test
  @DisplayName("Values are inserted once, and get the markup of their place")
  void values() {
    TextTemplate template =
        TextTemplate.parse(TextKind.CHALLENGE, "*Hi* {name}, `go {code}` ({minutes})")
            .orElseThrow();
    Map<TextPlaceholder, String> values =
        Map.of(
            TextPlaceholder.NAME, "{code} `*` $1 \\0",
            TextPlaceholder.CODE, "ABCD2345");
    assertThat(template.render(values, MARKED))
        .isEqualTo("\\*Hi\\* {code} `\\*` $1 \\0, <go ABCD2345> ()");
    assertThat(template.render(values, TextFormat.PLAIN))
        .isEqualTo("*Hi* {code} `*` $1 \\0, go ABCD2345 ()");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          #{number}/By {name}/Says {text}/End | #7/End        | lines without a value
          #{number}/{name} ({sender})/End     | #7/ (ana)/End | one value is enough
          {text}/#{number}                    | #7            | the first line
          #{number}//{text}                   | #7/           | an empty line stays
          #{number}/`a {text}/b` c            | #7/a /b c     | a command over two lines
          #{number}/`{text}` c                | #7            | a command in a line
          #{number}, {text}                   | #7,           | no line is left
          """)
  @DisplayName("A line is left out if none of its placeholders has a value")
  void lines(String text, String shown, String why) {
    TextTemplate template =
        TextTemplate.parse(TextKind.OWNER, text.replace('/', '\n')).orElseThrow();
    Map<TextPlaceholder, String> values =
        Map.of(TextPlaceholder.NUMBER, "7", TextPlaceholder.SENDER, "ana");
    assertThat(template.render(values, TextFormat.PLAIN).replace('\n', '/').strip())
        .as(why)
        .isEqualTo(shown);
  }

  @Test
  @DisplayName("What is expected names the placeholders of the kind")
  void expected() {
    assertThat(TextTemplate.expected(TextKind.CHALLENGE))
        .isEqualTo(
            "a text of 1 to 1000 characters with {code} and with no other braces than {channel},"
                + " {account}, {name}, {number}, {minutes}, with an even number of backticks,"
                + " and of at most 3500 characters with the longest values");
    assertThat(TextTemplate.expected(TextKind.CODE_ONLY))
        .isEqualTo(
            "a text of 1 to 1000 characters with {code} and no other braces, with an even number"
                + " of backticks, and of at most 3500 characters with the longest values");
    assertThat(TextTemplate.expected(TextKind.APPROVED))
        .isEqualTo(
            "a text of 1 to 1000 characters with no other braces than {channel}, {account},"
                + " {name}, {number}, with an even number of backticks, and of at most 3500"
                + " characters with the longest values");
  }
}
