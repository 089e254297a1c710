package dev.nexo.pairing.cli;

import dev.nexo.pairing.cli.command.ErrorHandlers;
import dev.nexo.pairing.cli.companion.CompanionCommand;
import dev.nexo.pairing.cli.terminal.CliContext;
import picocli.CommandLine;

/** Starts {@code nexo-companion}. */
public final class CompanionMain {

  private CompanionMain() {}

  /** Runs the command and exits with its exit code. */
  public static void main(String[] arguments) {
    CliContext context = CliContext.ofProcess();
    CommandLine line = new CommandLine(new CompanionCommand(context));
    context.exit(ErrorHandlers.set(line, context).execute(arguments));
  }
}
