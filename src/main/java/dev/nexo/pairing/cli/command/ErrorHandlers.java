package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import dev.nexo.pairing.cli.terminal.TerminalText;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * How commands end when something is wrong: one line on standard error, and exit code 1, for bad
 * usage as well. For one thread.
 */
public final class ErrorHandlers implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final CliContext around;

  private ErrorHandlers(CliContext around) {
    this.around = around;
  }

  /** Makes a command line end like that, and write to those surroundings. */
  public static CommandLine set(CommandLine line, CliContext around) {
    ErrorHandlers endings = new ErrorHandlers(around);
    return line.setOut(new PrintWriter(around.out(), true))
        .setErr(new PrintWriter(around.err(), true))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(endings)
        .setExecutionExceptionHandler(endings);
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String reason = e.getMessage();
    if (e instanceof UnmatchedArgumentException unmatched) {
      reason = "Unknown: " + String.join(" ", unmatched.getUnmatched());
    }
    String help = command.getCommandSpec().qualifiedName() + " --help";
    return say(command, reason + "; " + help + " says what there is");
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    boolean ours = e instanceof CommandException;
    // A fault of the program's own; its first line says more than a sentence could.
    return say(command, ours ? e.getMessage() : "Unexpected fault: " + e);
  }

  private int say(CommandLine command, String line) {
    around.out().flush();
    String name = command.getCommandSpec().root().name();
    around.err().println(name + ": " + TerminalText.of(line));
    return PairSubcommand.FAILED;
  }
}
