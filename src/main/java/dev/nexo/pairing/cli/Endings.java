package dev.nexo.pairing.cli;

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
final class Endings implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private final Surroundings around;

  private Endings(Surroundings around) {
    this.around = around;
  }

  /** Makes a command line end like that, and write to those surroundings. */
  static CommandLine set(CommandLine line, Surroundings around) {
    Endings endings = new Endings(around);
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
    boolean ours = e instanceof CommandFault;
    // A fault of the program's own; its first line says more than a sentence could.
    return say(command, ours ? e.getMessage() : "Unexpected fault: " + e);
  }

  private int say(CommandLine command, String line) {
    around.out().flush();
    String name = command.getCommandSpec().root().name();
    around.err().println(name + ": " + ShownText.of(line));
    return Verb.FAILED;
  }
}
