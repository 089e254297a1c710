package dev.nexo.pairing.cli.command;

import dev.nexo.pairing.cli.client.Api;
import dev.nexo.pairing.cli.terminal.CliContext;
import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * One command of {@code nexo-pair}: a picocli command with a public constructor without parameters.
 * {@code call} returns the exit code and throws {@link CommandException} for what cannot be done.
 */
@Command
public abstract class PairSubcommand implements Callable<Integer> {

  /** Everything was done. */
  protected static final int DONE = 0;

  /** Something was not done. */
  protected static final int FAILED = 1;

  @ParentCommand private PairCommand pair;

  /** The server; the login is looked up at the first call. */
  protected final Api api() {
    return pair.api();
  }

  /** Where the command runs. */
  protected final CliContext around() {
    return pair.around();
  }

  /** Standard output. */
  protected final PrintStream out() {
    return pair.around().out();
  }

  /** Standard error. */
  protected final PrintStream err() {
    return pair.around().err();
  }
}
