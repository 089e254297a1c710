package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.ForbiddenFileException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import dev.nexo.pairing.platform.SimilarName;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Ends a failed command, or one with wrong usage, with one line on standard error and exit code 1.
 */
public final class ErrorHandlers {

  /** The variables that say which files and which server a command uses. None is a secret. */
  private static final List<String> VARIABLES =
      List.of(
          "NEXO_HOME",
          "HTTP_PORT",
          "NEXO_PAIR_SERVER",
          "NEXO_PAIR_USER",
          "PAIRING_CONFIG",
          "PAIRING_SETUP_CODE_SECRET_PATH",
          "PAIRING_STORAGE_PATH");

  private static final String OPTION = "--";

  private ErrorHandlers() {}

  /** Sets the error handlers and the output of a command line with all its commands. */
  public static CommandLine set(CommandLine line, CliContext around) {
    return set(line, around, line.getSubcommands().keySet());
  }

  /**
   * Sets the error handlers and the output of a command line.
   *
   * @param commands the names of all commands, including those that are not registered
   */
  public static CommandLine set(CommandLine line, CliContext around, Set<String> commands) {
    return line.setOut(new PrintWriter(around.out(), true))
        .setErr(new PrintWriter(around.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // Sender ids such as @ana would otherwise name argument files.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(
            (e, arguments) -> print(around, e.getCommandLine(), usage(e, commands)))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                print(
                    around,
                    command,
                    e instanceof CommandException
                        ? e.getMessage()
                            + runAs(e, around, command).map(". Run: "::concat).orElse("")
                        : "Unexpected error: " + e));
  }

  /**
   * Returns the command line that runs the command as the owner of the file that this user may not
   * use; empty if the exception has another reason. The owner's environment is another one, so the
   * variables that the command used are in it.
   */
  static Optional<String> runAs(Throwable e, CliContext around, CommandLine command) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    if (!(reason instanceof ForbiddenFileException forbidden) || forbidden.owner() == null) {
      return Optional.empty();
    }
    CommandSpec root = command.getCommandSpec().root();
    List<String> words = new ArrayList<>(List.of("sudo", "-u", forbidden.owner()));
    VARIABLES.stream()
        .filter(name -> around.variable(name) != null)
        .map(name -> name + "=" + around.variable(name))
        .forEach(words::add);
    if (words.size() > 3) {
      words.add(3, "env");
    }
    words.add(root.name());
    words.addAll(root.commandLine().getParseResult().originalArgs());
    return Optional.of(words.stream().map(ErrorHandlers::word).collect(Collectors.joining(" ")));
  }

  /** Quotes a word for a shell, if it needs it. */
  private static String word(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private static String usage(ParameterException e, Set<String> commands) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched, commands);
    }
    return e.getMessage() + ". " + help(e);
  }

  private static String unknown(UnmatchedArgumentException e, Set<String> commands) {
    String first = e.getUnmatched().get(0);
    boolean command =
        !e.isUnknownOption() && !e.getCommandLine().getCommandSpec().subcommands().isEmpty();
    String kind = e.isUnknownOption() ? "option" : command ? "command" : "argument";
    Set<String> options = e.getCommandLine().getCommandSpec().optionsMap().keySet();
    String name = first.replaceFirst("=.*", "");
    // picocli's own suggestions would name a command for nearly every string.
    Optional<String> similar =
        command
            ? command(name, commands, options)
            : SimilarName.of(name, e.isUnknownOption() ? options : Set.of());
    return "Unknown "
        + kind
        + " \""
        + first
        + "\". "
        + similar.map(meant -> "Did you mean \"" + meant + "\"?").orElseGet(() -> help(e));
  }

  /** Returns the command that a name means, or the option: {@code version} is an option only. */
  private static Optional<String> command(String name, Set<String> commands, Set<String> options) {
    if (options.contains(OPTION + name)) {
      return Optional.of(OPTION + name);
    }
    Set<String> known = new HashSet<>(commands);
    options.stream()
        .filter(option -> option.startsWith(OPTION))
        .forEach(option -> known.add(option.substring(OPTION.length())));
    return SimilarName.of(name, known)
        .map(similar -> commands.contains(similar) ? similar : OPTION + similar);
  }

  private static String help(ParameterException e) {
    return "Run: " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help";
  }

  private static int print(CliContext around, CommandLine command, String line) {
    around.out().flush();
    String name = command.getCommandSpec().root().name();
    around.err().println(name + ": " + TerminalText.of(line));
    return PairSubcommand.FAILED;
  }
}
