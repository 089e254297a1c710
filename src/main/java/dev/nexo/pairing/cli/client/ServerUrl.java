package dev.nexo.pairing.cli.client;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The address of a server: {@code https://}, or {@code http://} for this machine only, because
 * every request contains a password. Immutable.
 */
public final class ServerUrl {

  private static final Set<String> SCHEMES = Set.of("http", "https");

  /** 127.0.0.0/8 in dotted decimal; a host name such as 127.0.0.1.example.com does not match. */
  private static final Pattern LOOPBACK =
      Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|localhost|\\[(::1|0:0:0:0:0:0:0:1)\\]");

  private static final int MAX_PORT = 65_535;

  private final String text;
  private final boolean loopback;

  private ServerUrl(String text, boolean loopback) {
    this.text = text;
    this.loopback = loopback;
  }

  /**
   * Parses an address like {@code https://nexo.example.com} or {@code http://127.0.0.1:9080},
   * optionally with the path of a proxy.
   *
   * @throws CommandException if it is invalid, or a password would be sent in plain text
   */
  public static ServerUrl of(String text) {
    URI uri = parsed(text.strip());
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    boolean loopback = isLoopback(uri);
    if (!loopback && uri.getScheme().equalsIgnoreCase("http")) {
      throw new CommandException(
          "The password would be sent to "
              + host
              + " in clear text. Use https://, or an SSH tunnel (ssh -L 19080:127.0.0.1:9080 "
              + host
              + ") with --server http://127.0.0.1:19080 and --password-file");
    }
    return new ServerUrl(uri.toString().replaceFirst("/+$", ""), loopback);
  }

  private static URI parsed(String text) {
    try {
      URI uri = new URI(text);
      boolean plain =
          uri.getScheme() != null
              && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
              && uri.getHost() != null
              && uri.getPort() <= MAX_PORT
              && uri.getPort() != 0
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (plain) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // The message below does not contain the text, which may contain a password.
    }
    throw new CommandException(
        "The server address must look like https://nexo.example.com or http://127.0.0.1:9080,"
            + " without user name, password, query or fragment");
  }

  /** Returns whether a URL with a host refers to this machine. */
  static boolean isLoopback(URI uri) {
    return LOOPBACK.matcher(uri.getHost().toLowerCase(Locale.ROOT)).matches();
  }

  /** Returns whether the address refers to this machine. */
  public boolean isLoopback() {
    return loopback;
  }

  /** Returns the address without a trailing slash. */
  @Override
  public String toString() {
    return text;
  }
}
