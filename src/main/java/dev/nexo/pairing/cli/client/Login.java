package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.ForbiddenFileException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A server and the credentials for it.
 *
 * @param server the server's address
 * @param user the user's name (default: {@code operator})
 * @param password the password, or null
 * @param source the source of the password, for people; null without a password
 * @param hidden why a file that may have the password could not be read; null if there is none, or
 *     with a password
 */
public record Login(
    ServerUrl server, String user, String password, String source, ForbiddenFileException hidden) {

  Login(ServerUrl server, String user, String password, String source) {
    this(server, user, password, source, null);
  }

  /**
   * Returns the value of the header {@code Authorization} (RFC 7617), or null without a password.
   */
  String authorization() {
    if (password == null) {
      return null;
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Omits the password. */
  @Override
  public String toString() {
    return user + "@" + server;
  }
}
