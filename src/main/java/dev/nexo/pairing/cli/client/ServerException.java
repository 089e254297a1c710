package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.util.List;

/** The server refused a request or failed at it (contract: {@code application/problem+json}). */
public final class ServerException extends CommandException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<String> remedies;

  ServerException(int status, String line, List<String> remedies) {
    super(line);
    this.status = status;
    this.remedies = List.copyOf(remedies);
  }

  /** The HTTP status, 300–599. */
  public int status() {
    return status;
  }

  /** The server's remedies, one line each; often none. */
  public List<String> remedies() {
    return remedies;
  }
}
