package dev.nexo.pairing.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Creates a completion script for fish, which picocli does not support. Immutable. */
final class FishCompletion {

  /**
   * Functions that find the command in a line of nexo-pair or "nexo pair". %s: options with a
   * value.
   */
  private static final String FUNCTIONS =
      """
      # Completion of nexo-pair, and of its link nexo, for fish.

      # Prints the command of the line; fails if the line is one of nexo without "pair".
      function __nexo_pair_command
          set -l words (commandline -opc)
          set -l name (string replace -r '.*/' '' -- $words[1])
          set -e words[1]
          if test "$name" = nexo
              test "$words[1]" = pair; or return 1
              set -e words[1]
          end
          set -l value 0
          for word in $words
              if test $value = 1
                  set value 0
              else if contains -- $word %s
                  set value 1
              else if not string match -q -- '-*' $word
                  echo $word
                  return 0
              end
          end
          return 0
      end

      function __nexo_pair_none
          set -l command (__nexo_pair_command); and test -z "$command"
      end

      function __nexo_pair_is
          set -l command (__nexo_pair_command); and contains -- "$command" $argv
      end

      complete -c nexo -n 'test (count (commandline -opc)) = 1' -a pair -d 'Decide who may write'
      for name in nexo-pair nexo
          complete -c $name -f
      """;

  private final CommandSpec root;

  FishCompletion(CommandSpec root) {
    this.root = root;
  }

  /** Returns the script. */
  String script() {
    List<String> lines = new ArrayList<>();
    Map<String, CommandLine> commands = new LinkedHashMap<>(root.subcommands());
    commands.forEach(
        (name, command) ->
            lines.add(
                "-n __nexo_pair_none -a "
                    + name
                    + described(command.getCommandSpec().usageMessage().description())));
    root.options().forEach(option -> lines.add("-n __nexo_pair_none " + option(option)));
    commands.forEach(
        (name, command) -> {
          String condition = "-n '__nexo_pair_is " + name + "' ";
          command.getCommandSpec().options().forEach(o -> lines.add(condition + option(o)));
          command.getCommandSpec().positionalParameters().stream()
              .map(FishCompletion::values)
              .filter(values -> !values.isEmpty())
              .forEach(values -> lines.add(condition + values));
        });
    lines.add("-n '__nexo_pair_is help' -a " + quoted(String.join(" ", commands.keySet())));
    String withValue =
        root.options().stream()
            .filter(option -> option.arity().max() > 0)
            .flatMap(option -> List.of(option.names()).stream())
            .collect(Collectors.joining(" "));
    return FUNCTIONS.formatted(withValue)
        + lines.stream()
            .map(line -> "    complete -c $name " + line + "\n")
            .collect(Collectors.joining())
        + "end\n";
  }

  private static String option(OptionSpec option) {
    StringBuilder line = new StringBuilder();
    TreeSet<String> names = new TreeSet<>(List.of(option.names()));
    if (option.negatable()) {
      List.of(option.names()).forEach(name -> names.add(name.replaceFirst("^--", "--no-")));
    }
    names.forEach(
        name ->
            line.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.charAt(1))
                .append(' '));
    if (option.arity().max() > 0) {
      String values = values(option);
      line.append("-r ").append(values.isEmpty() ? "-f" : values);
    }
    return line.toString().strip() + described(option.renderedDescription());
  }

  /** Returns how fish completes an argument: with known words, with files, or not at all. */
  private static String values(ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      List<String> words = new ArrayList<>();
      argument.completionCandidates().forEach(words::add);
      String ofFirst = argument instanceof PositionalParamSpec ? "" : "-f ";
      return ofFirst + "-a " + quoted(String.join(" ", words));
    }
    return argument.type() == Path.class ? "-F" : "";
  }

  private static String described(String[] lines) {
    return lines.length == 0 ? "" : " -d " + quoted(String.join(" ", lines));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
