package dev.nexo.pairing.cli.terminal;

/** A command failed. The message is printed on standard error, and the exit code is 1. */
public class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message of one line. */
  public CommandException(String line) {
    super(line);
  }

  /** Creates the exception with a message of one line; the cause is not printed. */
  public CommandException(String line, Throwable cause) {
    super(line, cause);
  }
}
