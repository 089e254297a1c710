package dev.nexo.pairing.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * One command of {@code nexo-pair}: a picocli command with a public constructor without parameters.
 * {@code call} returns the exit code and throws {@link CommandFault} for what cannot be done.
 */
@Command
public abstract class Verb implements Callable<Integer> {

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
  protected final Surroundings around() {
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
