package dev.nexo.pairing.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The commands of {@code nexo-pair}, and how they end. For one thread. */
final class Commands {

  private final Surroundings around;

  Commands(Surroundings around) {
    this.around = around;
  }

  /**
   * Runs what the arguments say.
   *
   * @return the exit code
   */
  int run(String... arguments) {
    // "nexo pair list", as Nexo has it, and "nexo-pair list" are the same.
    boolean nexo = arguments.length > 0 && arguments[0].equals("pair");
    String[] rest = nexo ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    return line().execute(rest);
  }

  /** All of them. */
  CommandLine line() {
    CommandLine line = new CommandLine(new PairCommand(around));
    line.setOut(new java.io.PrintWriter(around.out(), true));
    line.setErr(new java.io.PrintWriter(around.err(), true));
    line.setParameterExceptionHandler(this::misused);
    line.setExecutionExceptionHandler(this::failed);
    return line;
  }

  private int misused(ParameterException e, String[] arguments) {
    say(
        e.getMessage()
            + "; see "
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help");
    return Verb.FAILED;
  }

  private int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (e instanceof CommandFault) {
      say(e.getMessage());
      return Verb.FAILED;
    }
    throw e;
  }

  private void say(String line) {
    around.out().flush();
    around.err().println("nexo-pair: " + ShownText.of(line));
  }
}
