package dev.nexo.pairing.cli.terminal;

/** This user may not use a file; the message says whose it is. */
public final class ForbiddenFileException extends CommandException {

  private static final long serialVersionUID = 1L;

  private final String owner;

  ForbiddenFileException(String line, String owner) {
    super(line);
    this.owner = owner;
  }

  /** Returns the user that can run the command; null if the message has another remedy. */
  public String owner() {
    return owner;
  }
}
