package dev.nexo.pairing.cli.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the server is, and who says so.
 *
 * @param server the server's address
 * @param user the name, {@code operator} unless another one is set
 * @param password the password, or null where none was found
 * @param source where the password comes from, in words for people; null where there is none
 */
public record Login(ServerUrl server, String user, String password, String source) {

  /** The value of the header {@code Authorization} (RFC 7617), or null without a password. */
  String authorization() {
    if (password == null) {
      return null;
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return user + "@" + server;
  }
}
