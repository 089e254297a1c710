package dev.nexo.pairing.config;

import dev.nexo.pairing.address.IpLiteral;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which texts are hosts, networks and URLs. Asks no name server. */
final class AddressRules {

  private static final Set<String> PUBLIC_SCHEMES = Set.of("wss", "ws", "https", "http");
  private static final Set<String> BROKER_SCHEMES = Set.of("nats", "tls", "ws", "wss");
  private static final Pattern HOST =
      Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*\\.?");

  /** What some programs read as an address, in whatever digits. */
  private static final Pattern NUMBERS = Pattern.compile("[\\p{N}.]+");

  private AddressRules() {}

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
}
