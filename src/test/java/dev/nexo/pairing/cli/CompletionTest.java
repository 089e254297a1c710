package dev.nexo.pairing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the shells complete with the scripts of {@code completion}: the real shells, if installed.
 */
@DisplayName("Shell completion")
class CompletionTest {

  /** A line, and the words that the shell offers for its last word. */
  private record Typed(String line, String offered) {}

  private static final List<Typed> LINES =
      List.of(
          new Typed("nexo-pair ap", "approve"),
          new Typed("nexo-pair denie", "denied"),
          new Typed("nexo ", "pair"),
          new Typed("nexo pair ap", "approve"),
          new Typed("nexo pair list", "list"),
          new Typed("nexo list --al", ""),
          new Typed("nexo pair list --ch", "--channel"),
          new Typed("nexo-pair watch --js", "--json"),
          new Typed("nexo-pair approve X --role ", "guest member owner"),
          new Typed("nexo pair seed chat a x --members ", "all approved"),
          new Typed("nexo-pair dropped ", "approve block deny list"),
          new Typed("nexo-pair import o", "openclaw"),
          new Typed("nexo pair completion f", "fish"),
          new Typed("nexo-pair help unb", "unblock"),
          new Typed("nexo-pair frobnicate x", ""));

  /** Calls the function that the shell calls for a line, as the shell does. */
  private static final String BASH =
      """
      compopt() { :; }
      offer() {
        COMP_LINE=$1 COMP_POINT=${#1} COMPREPLY=()
        read -ra COMP_WORDS <<<"$1"
        [[ $1 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        "$(complete -p "${COMP_WORDS[0]}" | sed 's/.* -F \\([^ ]*\\) .*/\\1/')"
        echo "${COMPREPLY[@]}"
      }
      """;

  private static final String ZSH =
      """
      offer() {
        emulate -L ksh
        COMP_LINE=$1 COMPREPLY=()
        COMP_WORDS=(${=1})
        [[ $1 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        "_complete_${COMP_WORDS[0]}"
        # zsh itself leaves out the words that begin otherwise.
        echo "${(M)COMPREPLY[@]:#${COMP_WORDS[COMP_CWORD]}*}"
      }
      """;

  private static final String FISH =
      """
      function offer
          echo (complete -C $argv[1] | string replace -r '\\t.*' '')
      end
      """;

  @TempDir Path directory;

  private String script(String shell) {
    return new CliRunner(directory).run("completion", shell).out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh", "fish"})
  @DisplayName("A script names every command and the link")
  void names(String shell) {
    assertThat(script(shell)).contains(Commands.ALL.keySet()).contains(" nexo", "pair");
  }

  @Test
  @DisplayName("bash offers commands, options and values, also for the link nexo")
  void bash() throws Exception {
    compare("bash", BASH, "bash", "--norc");
  }

  @Test
  @DisplayName("zsh offers commands, options and values, also for the link nexo")
  void zsh() throws Exception {
    compare("zsh", "autoload -U +X compinit && compinit -D\n" + ZSH, "zsh", "-f");
  }

  @Test
  @DisplayName("fish offers commands, options and values, also for the link nexo")
  void fish() throws Exception {
    compare("fish", FISH, "fish", "--no-config");
  }

  private void compare(String shell, String functions, String... command) throws Exception {
    assumeTrue(isInstalled(shell), shell + " is not installed");
    Path script = Files.writeString(directory.resolve("completion"), script(shell));
    StringBuilder program = new StringBuilder(functions);
    program.append("source ").append(script).append('\n');
    LINES.forEach(typed -> program.append("offer '").append(typed.line()).append("'\n"));
    Path file = Files.writeString(directory.resolve("program"), program);
    List<String> words = new ArrayList<>(List.of(command));
    words.add(file.toString());
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.directory(Files.createDirectory(directory.resolve("empty")).toFile());
    builder.environment().put("HOME", directory.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    assertThat(builder.start().waitFor(60, TimeUnit.SECONDS)).isTrue();
    List<String> offered =
        Files.readAllLines(output).stream()
            .map(line -> String.join(" ", Arrays.stream(line.split(" ")).sorted().toList()))
            .toList();
    assertThat(offered).containsExactlyElementsOf(LINES.stream().map(Typed::offered).toList());
  }

  private static boolean isInstalled(String shell) throws IOException {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, shell)));
  }
}
