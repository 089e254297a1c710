package dev.nexo.pairing.cli;

import dev.nexo.pairing.cli.terminal.CliContext;

/** Starts {@code nexo-pair}. */
public final class Main {

  private Main() {}

  /** Runs a command and exits with its exit code. */
  public static void main(String[] arguments) {
    CliContext context = CliContext.ofProcess();
    context.exit(new Commands(context).run(arguments));
  }
}
