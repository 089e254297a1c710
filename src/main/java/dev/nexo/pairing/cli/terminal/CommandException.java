package dev.nexo.pairing.cli.terminal;

/**
 * A command cannot be done. The message is the one line on standard error, with the remedy in it;
 * the command ends with 1.
 */
public class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A fault with that line. */
  public CommandException(String line) {
    super(line);
  }

  /** A fault with that line; the cause is for tests, no user sees it. */
  public CommandException(String line, Throwable cause) {
    super(line, cause);
  }
}
