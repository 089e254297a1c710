package dev.nexo.pairing.cli;

import picocli.CommandLine;

/** Starts {@code nexo-companion}. */
public final class CompanionMain {

  private static final String COMMAND = "dev.nexo.pairing.cli.companion.CompanionCommand";

  private CompanionMain() {}

  /**
   * Runs it and ends with its exit code.
   *
   * @throws ReflectiveOperationException where the jar is not whole
   */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Surroundings around = Processes.surroundings();
    Object command = Class.forName(COMMAND).getConstructor().newInstance();
    int code = Endings.set(new CommandLine(command), around).execute(arguments);
    around.out().flush();
    around.err().flush();
    System.exit(code);
  }
}
