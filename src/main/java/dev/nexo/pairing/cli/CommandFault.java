package dev.nexo.pairing.cli;

/**
 * A command cannot be done. The message is the one line on standard error, with the remedy in it;
 * the command ends with 1.
 */
public class CommandFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A fault with that line. */
  public CommandFault(String line) {
    super(line);
  }

  /** A fault with that line; the cause is for tests, no user sees it. */
  public CommandFault(String line, Throwable cause) {
    super(line, cause);
  }
}
