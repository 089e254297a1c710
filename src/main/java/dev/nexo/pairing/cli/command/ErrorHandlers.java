package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Ends a failed command, or one with wrong usage, with one line on standard error and exit code 1.
 */
public final class ErrorHandlers {

  private ErrorHandlers() {}

  /** Sets the error handlers and the output of a command line. */
  public static CommandLine set(CommandLine line, CliContext around) {
    return line.setOut(new PrintWriter(around.out(), true))
        .setErr(new PrintWriter(around.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        // Sender ids such as @ana would otherwise name argument files.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler((e, arguments) -> print(around, e.getCommandLine(), usage(e)))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                print(
                    around,
                    command,
                    e instanceof CommandException ? e.getMessage() : "Unexpected error: " + e));
  }

  private static String usage(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(unmatched);
    }
    return e.getMessage() + ". " + help(e);
  }

  private static String unknown(UnmatchedArgumentException e) {
    String first = e.getUnmatched().get(0);
    boolean command =
        !e.isUnknownOption() && !e.getCommandLine().getCommandSpec().subcommands().isEmpty();
    String kind = e.isUnknownOption() ? "option" : command ? "command" : "argument";
    Optional<String> similar =
        command || e.isUnknownOption()
            // picocli finds a similar name for nearly every string.
            ? e.getSuggestions().stream()
                .filter(name -> name.regionMatches(0, first, 0, 1))
                .findFirst()
            : Optional.empty();
    return "Unknown "
        + kind
        + " \""
        + first
        + "\". "
        + similar.map(name -> "Did you mean \"" + name + "\"?").orElseGet(() -> help(e));
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
