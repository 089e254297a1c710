package dev.nexo.pairing.cli.terminal;

/** A command failed. The message is the line on standard error; the command ends with 1. */
public class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates a failure with that line. */
  public CommandException(String line) {
    super(line);
  }

  /** Creates a failure with that line; no user sees the cause. */
  public CommandException(String line, Throwable cause) {
    super(line, cause);
  }
}
