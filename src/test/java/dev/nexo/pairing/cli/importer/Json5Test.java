package dev.nexo.pairing.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("JSON5")
class Json5Test {

  @TempDir private Path directory;

  private String read(String text) throws Exception {
    return SourceFiles.json5(Files.writeString(directory.resolve("a.json5"), text)).toString();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments("{} // end", "{}", "a comment at the end"),
        arguments("// \"a\": [\n{}", "{}", "a comment with signs"),
        arguments("/* a\n * b */{}/**/", "{}", "block comments"),
        arguments("{\"a\":\"http://x\"}", "{\"a\":\"http://x\"}", "slashes in a string"),
        arguments("{a:'http://x' /*c*/}", "{\"a\":\"http://x\"}", "slashes in single quotes"),
        arguments("[\"/* no */\",'// no',]", "[\"/* no */\",\"// no\"]", "comments in strings"),
        arguments("[\"a,]\",\"b,}\",]", "[\"a,]\",\"b,}\"]", "commas in strings"),
        arguments("{a:1,}", "{\"a\":1}", "a comma behind a member"),
        arguments("[1, /* x */ ]", "[1]", "a comma and a comment"),
        arguments("{a:[1,],b:{},}", "{\"a\":[1],\"b\":{}}", "commas behind values"),
        arguments("{$a_1:1,\u00e4:2}", "{\"$a_1\":1,\"\u00e4\":2}", "names without quotes"),
        arguments("{true:null,null:true}", "{\"true\":null,\"null\":true}", "words as names"),
        arguments("{a /*x*/ : 1}", "{\"a\":1}", "a comment behind a name"),
        arguments("['it\\'s','\"']", "[\"it's\",\"\\\"\"]", "quotes in quotes"),
        arguments("['a\\\nb','\\x41\\u0042\\v']", "[\"ab\",\"AB\\u000b\"]", "escapes"),
        arguments("['\\\\']", "[\"\\\\\"]", "a backslash"),
        arguments("[+15550001111,0x1F,.5,5.]", "[15550001111,31,0.5,5.0]", "numbers"),
        arguments("[NaN,-Infinity]", "[null,null]", "no numbers"),
        arguments("\uFEFF\u00a0{}", "{}", "a byte order mark and a space"));
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("values")
  @DisplayName("JSON5 is read as OpenClaw reads it")
  void reads(String text, String json, String why) throws Exception {
    assertThat(read(text)).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "// nothing",
        "{a:1",
        "{a:1}}",
        "{a:1} {b:2}",
        "[,]",
        "[1,,]",
        "{,}",
        "{a:,}",
        "[1],",
        "[1 2]",
        "{a 1}",
        "{'a}",
        "['a\nb']",
        "['\\x4']",
        "['\\u00g0']",
        "[01x]",
        "[ana]",
        "{1a:2}",
        "[a:1]",
        "{} /* open",
        "['\\1']",
        "[.]",
        "[+]"
      })
  @DisplayName("Anything else stops the import")
  void refuses(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("is not JSON5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a:"})
  @DisplayName("Deeply nested JSON5 stops the import")
  void deep(String open) {
    assertThatThrownBy(() -> read("// x\n" + open.repeat(200_000)))
        .isInstanceOf(CommandException.class);
  }
}
