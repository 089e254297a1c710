package dev.nexo.pairing.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
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
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern V6 = Pattern.compile("(?=.*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*");

  private AddressRules() {}

  /** A host name, a v4 address, or a v6 address with or without brackets. */
  static boolean isHost(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return isV6(text.substring(1, text.length() - 1));
    }
    return text.length() <= 253 && (HOST.matcher(text).matches() || isV6(text));
  }

  /** An address, or an address and the number of leading bits that count. */
  static boolean isNetwork(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    String bits = slash < 0 ? "0" : text.substring(slash + 1);
    boolean v4 = V4.matcher(address).matches();
    return (v4 || isV6(address))
        && bits.matches("0|[1-9][0-9]{0,2}")
        && Integer.parseInt(bits) <= (v4 ? 32 : 128);
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

  private static boolean isV6(String text) {
    try {
      // Only what has a colon: for such texts Java looks no name up.
      return V6.matcher(text).matches() && InetAddress.getByName(text) != null;
    } catch (UnknownHostException e) {
      return false;
    }
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
