package dev.nexo.pairing.config;

import dev.nexo.pairing.address.IpLiteral;
import dev.nexo.pairing.address.LocalAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Validates names, secrets, paths, hosts, URLs and NATS subjects. Never resolves host names. */
final class TextRules {

  private static final Set<String> PUBLIC_SCHEMES = Set.of("wss", "ws", "https", "http");
  private static final Set<String> BROKER_SCHEMES = Set.of("nats", "tls");
  private static final Pattern HOST =
      Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*\\.?");

  /** Digits of any script and dots, which some programs read as an IP address. */
  private static final Pattern NUMBERS = Pattern.compile("[\\p{N}.]+");

  private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

  /** Below the limit of every NATS server, even with a channel and an account appended. */
  private static final int MAX_SUBJECT = 128;

  private static final List<String> TAKEN =
      List.of("plugin.inbound", "plugin.outbound", "pairing.inbound");

  private TextRules() {}

  /** Returns whether a string is not blank and contains no control characters. */
  static boolean isPlain(String text) {
    return !text.isBlank() && text.chars().noneMatch(Character::isISOControl);
  }

  /** Returns whether a string is a primary subtag of BCP 47, such as {@code es}. */
  static boolean isLanguage(String text) {
    return LANGUAGE.matcher(text).matches();
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

  /** Parses a path. A leading {@code ~} means the home directory, as in a shell. */
  static Path asPath(String text) {
    String path = text.strip();
    if (path.equals("~")) {
      return home();
    }
    return path.startsWith("~/") ? home().resolve(path.substring(2)) : Path.of(path);
  }

  /** Returns the home directory of the user that runs the server. */
  static Path home() {
    String home = System.getenv("HOME");
    // As in a shell; user.home comes from the user database and may differ.
    return Path.of(home == null || home.isBlank() ? System.getProperty("user.home", "") : home);
  }

  /** Accepts a host name, an IPv4 address, or an IPv6 address with or without brackets. */
  static boolean isHost(String text) {
    return IpLiteral.parseHost(text).isPresent()
        || (text.length() <= 253
            && HOST.matcher(text).matches()
            && !NUMBERS.matcher(text).matches());
  }

  /**
   * Accepts every form of gateway URL. The resolver checks for each URL, from any source, whether
   * cleartext is allowed.
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

  /** Accepts the origin of a web server: scheme, host and port. */
  static boolean isOrigin(String text) {
    URI uri = parse(text);
    return uri != null
        && Set.of("http", "https").contains(scheme(uri))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null
        && uri.getRawPath().isEmpty()
        && uri.getRawQuery() == null
        && uri.getRawFragment() == null
        && uri.getPort() <= 65_535;
  }

  /**
   * Accepts a PostgreSQL JDBC URL without a login. The login has its own keys, because the URL
   * appears in logs and messages.
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

  /** Accepts the URLs of one or more servers, separated by commas. */
  static boolean isBrokerUrls(String text) {
    return Arrays.stream(text.split(",", -1)).allMatch(url -> isBrokerUrl(url.strip()));
  }

  /** Returns whether one of the URLs contains a user or a token before the host. */
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

  /**
   * Accepts the URL of a webhook: without a login; {@code http} only if the host is a name, which
   * is resolved when it is called, or a local address.
   */
  static boolean isWebhookUrl(String text) {
    URI uri = parse(text);
    if (uri == null
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawFragment() != null
        || uri.getPort() > 65_535) {
      return false;
    }
    boolean near = IpLiteral.parseHost(uri.getHost()).map(LocalAddress::isLocal).orElse(true);
    return scheme(uri).equals("https") || (scheme(uri).equals("http") && near);
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
   * Accepts a subject under which admitted messages neither return to the gate nor go out to a
   * channel: not a subject of this module, not a subject below one, and not a prefix of one ({@code
   * plugin} with a channel named {@code inbound}).
   */
  static boolean isForwardPrefix(String text) {
    return isSubject(text)
        && TAKEN.stream()
            .noneMatch(
                taken -> (text + ".").startsWith(taken + ".") || taken.startsWith(text + "."));
  }
}
