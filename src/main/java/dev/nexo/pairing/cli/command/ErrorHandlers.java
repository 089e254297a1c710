package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Ends a failed command with one line on standard error and exit code 1, for bad usage as well. */
public final class ErrorHandlers {

  private ErrorHandlers() {}

  /** Sets the error handlers and the output of a command line. */
  public static CommandLine set(CommandLine line, CliContext around) {
    return line.setOut(new PrintWriter(around.out(), true))
        .setErr(new PrintWriter(around.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((e, arguments) -> print(around, e.getCommandLine(), usage(e)))
        .setExecutionExceptionHandler(
            (e, command, parsed) ->
                print(
                    around,
                    command,
                    e instanceof CommandException ? e.getMessage() : "Unexpected fault: " + e));
  }

  private static String usage(ParameterException e) {
    String reason =
        e instanceof UnmatchedArgumentException unmatched
            ? "Unknown: " + String.join(" ", unmatched.getUnmatched())
            : e.getMessage();
    String name = e.getCommandLine().getCommandSpec().qualifiedName();
    return reason + "; " + name + " --help says what there is";
  }

  private static int print(CliContext around, CommandLine command, String line) {
    around.out().flush();
    String name = command.getCommandSpec().root().name();
    around.err().println(name + ": " + TerminalText.of(line));
    return PairSubcommand.FAILED;
  }
}
