package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of the page that can be judged without it. The tables are in JavaScript's escapes. */
interface ConsoleScriptTests extends ConsoleExtension {

  @ParameterizedTest(name = "{3}")
  @DisplayName("An event stream is parsed as the standard says")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          data: 1\\n\\n                          | message:1:         |  | one event
          event: a\\ndata: 1\\nid: 7\\n\\n       | a:1:7              | 7 | its type and id
          data: 1\\r\\rdata: 2\\r\\n\\r\\n       | message:1: message:2: |  | every kind of line end
          data: 1\\ndata: 2\\n\\n                | message:1\\n2:      |  | several lines of data
          data:1\\ndata:  2\\n\\n                | message:1\\n 2:     |  | one blank after the colon belongs to it
          data\\n\\n                             | message::          |  | a field without a colon is empty
          : heartbeat\\n\\ndata: 1\\n\\n         | message:1:         |  | comments are nothing
          event: a\\n\\ndata: 1\\n\\n            | message:1:         |  | a type without data is forgotten
          id: 3\\n\\ndata: 1\\n\\n               | message:1:3        | 3 | an id alone counts
          id: 3\\u0000\\ndata: 1\\n\\n           | message:1:         |  | an id with U+0000 does not
          id: 3\\ndata: 1\\n\\nid\\ndata: 2\\n\\n | message:1:3 message:2: |  | an empty id takes it back
          data: 1\\n                             | ``                 |  | what has not ended is no event
          \\ufeffdata: 1\\n\\n                   | message:1:         |  | a byte order mark at the start
          nonsense: 1\\ndata: 2\\n\\n            | message:2:         |  | unknown fields are nothing
          """)
  default void eventStream(String stream, String events, String last, String reason) {
    for (int size : new int[] {1, 3, 1000}) {
      String script =
          """
          const text = JSON.parse('"' + args[0] + '"');
          const parser = new module.SseParser();
          const events = [];
          for (let i = 0; i < text.length; i += args[1]) events.push(...parser.push(text.slice(i, i + args[1])));
          const line = events.map((e) => e.type + ':' + e.data + ':' + e.id).join(' ');
          return [line.replaceAll('\\n', '\\\\n'), parser.lastEventId];
          """;
      assertThat(Chromium.texts(chromium().with("sse.js", script, stream.strip(), size)))
          .as(reason + ", in pieces of " + size)
          .containsExactly(events, last == null ? "" : last);
    }
  }

  @ParameterizedTest(name = "{2}")
  @DisplayName("Text of strangers loses bidirectional and hidden characters only")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a\\u0000b\\u0007c\\u007fd\\u009be      | abcde  | C0, DEL and C1
          al\\u00adi\\u3164c\\u034fe\\ufe0f       | alice  | what is drawn as nothing
          a\\nb\\tc\\u2028d                      | a b c d | breaks become blanks
          \\u202egnp\\u202c\\u2066x\\u2069       | gnpx   | embeddings, overrides, isolates
          a\\u200bb\\u200ec\\u2060d\\ufeffe\\u061cf | abcdef | marks and zero widths
          a\\ud83db                              | ab     | half a surrogate pair
          a\\ud83d\\ude00b                       | a😀b    | a whole one stays
          a\\udb40\\udc41b                       | ab     | tags
          \\u05d0\\u0301\\u4e2d                  | א́中     | letters of all scripts stay
          """)
  default void stripping(String text, String expected, String reason) {
    assertThat(
            chromium()
                .with(
                    "untrusted.js",
                    "return module.stripped(JSON.parse('\"' + args[0] + '\"'))",
                    text.strip()))
        .as(reason)
        .isEqualTo(expected);
  }
}
