package dev.nexo.pairing.config;

import dev.nexo.pairing.address.IpLiteral;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What names, secrets, paths, hosts, URLs and NATS subjects are. Asks no name server. */
final class TextRules {

  private static final Set<String> PUBLIC_SCHEMES = Set.of("wss", "ws", "https", "http");
  private static final Set<String> BROKER_SCHEMES = Set.of("nats", "tls");
  private static final Pattern HOST =
      Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*\\.?");

  /** What some programs read as an address, in whatever digits. */
  private static final Pattern NUMBERS = Pattern.compile("[\\p{N}.]+");

  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /** Far below the limit of any server, even with a channel and an account behind it. */
  private static final int MAX_SUBJECT = 128;

  private static final List<String> TAKEN =
      List.of("plugin.inbound", "plugin.outbound", "pairing.inbound");

  private TextRules() {}

  /** Neither blank nor with a control character in it: those are typing and copying mistakes. */
  static boolean isPlain(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }

  static boolean isPath(String text) {
    if (!isPlain(text)) {
      return false;
    }
    try {
      return !asPath(text).toString().isEmpty();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** A path, where {@code ~} in front stands for the home directory, as in a shell. */
  static Path asPath(String text) {
    String path = text.strip();
    if (path.equals("~")) {
      return home();
    }
    return path.startsWith("~/") ? home().resolve(path.substring(2)) : Path.of(path);
  }

  /** The home directory of the user the server runs as. */
  static Path home() {
    String home = System.getenv("HOME");
    // What ~ means to a shell; Java asks the system's list of users instead, and the two may
    // differ.
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home", "") : home);
  }

  /** A host name, an IPv4 address, or an IPv6 address with or without brackets. */
  static boolean isHost(String text) {
    return IpLiteral.parseHost(text).isPresent()
        || (text.length() <= 253
            && HOST.matcher(text).matches()
            && !NUMBERS.matcher(text).matches());
  }

  /**
   * What can be a gateway URL at all. Whether it may be in cleartext, the resolver judges for each
   * URL, wherever it comes from.
   */
  static boolean isPublicUrl(String text) {
    URI uri = parse(text);
    return uri != null
        && PUBLIC_SCHEMES.contains(scheme(uri))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawFragment() == null
        && uri.getPort() <= 65_535;
  }

  /**
   * A database the driver can be asked for. A login in it would show wherever the URL does, so that
   * has keys of its own.
   */
  static boolean isDatabaseUrl(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return text.startsWith("jdbc:postgresql:")
        && text.length() > "jdbc:postgresql:".length()
        && text.chars().noneMatch(c -> c <= ' ')
        && text.indexOf('@') < 0
        && !lower.contains("user=")
        && !lower.contains("password=");
  }

  /** One or several servers, separated by commas. */
  static boolean isBrokerUrls(String text) {
    return Arrays.stream(text.split(",", -1)).allMatch(url -> isBrokerUrl(url.strip()));
  }

  /** Whether a user or a token stands in front of the host. */
  static boolean hasUserInfo(String brokerUrls) {
    return Arrays.stream(brokerUrls.split(",", -1))
        .map(url -> parse(url.strip()))
        .anyMatch(uri -> uri != null && uri.getRawUserInfo() != null);
  }

  private static boolean isBrokerUrl(String text) {
    URI uri = parse(text);
    return uri != null
        && BROKER_SCHEMES.contains(scheme(uri))
        && uri.getHost() != null
        && uri.getRawPath().isEmpty()
        && uri.getPort() <= 65_535;
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  static boolean isSubject(String text) {
    return text.length() <= MAX_SUBJECT && SUBJECT.matcher(text).matches();
  }

  /**
   * A subject under which admitted messages cannot come back into the gate or go out to a channel:
   * neither one of those this module uses, nor below one, nor the one above ({@code plugin} with a
   * channel named {@code inbound}).
   */
  static boolean isForwardPrefix(String text) {
    return isSubject(text)
        && TAKEN.stream()
            .noneMatch(
                taken -> (text + ".").startsWith(taken + ".") || taken.startsWith(text + "."));
  }
}
