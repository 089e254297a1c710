package dev.nexo.pairing.push;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.config.PushSettings;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.inject.Inject;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Decides which push services this server calls: those with TLS and public addresses, and those
 * that the configuration names. A browser chooses its push service, so an operator could otherwise
 * make this server call machines of its own network. Thread-safe.
 */
@Component
class PushHosts {

  /** The maximum length of an endpoint, in characters. */
  static final int MAX_ENDPOINT = 1_024;

  private final PushSettings settings;

  @Inject
  PushHosts(PushSettings settings) {
    this.settings = settings;
  }

  /**
   * Parses the endpoint of a subscription.
   *
   * @throws InvalidValueException if it is not the URL of an allowed push service
   */
  URI endpoint(String text) {
    URI uri = parse(text);
    try {
      requireAllowed(uri);
    } catch (DeliveryException e) {
      throw invalid();
    }
    return uri;
  }

  private static URI parse(String text) {
    if (text.length() > MAX_ENDPOINT) {
      throw invalid();
    }
    try {
      URI uri = URI.create(text);
      if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
        throw invalid();
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private static InvalidValueException invalid() {
    return new InvalidValueException(
        "endpoint",
        "must be an https URL of a public host, of at most "
            + MAX_ENDPOINT
            + " characters; pairing.notify.web_push_origins allows others");
  }

  /**
   * Checks a push service, before each call, because names may resolve to other addresses later.
   *
   * @throws DeliveryException if this server does not call it
   */
  void requireAllowed(URI endpoint) {
    String origin = origin(endpoint);
    if (settings.origins().stream().anyMatch(allowed -> origin(allowed).equals(origin))) {
      return;
    }
    if (!"https".equalsIgnoreCase(endpoint.getScheme())) {
      throw new DeliveryException("The push service has no TLS", null);
    }
    try {
      String host = endpoint.getHost().replaceAll("[\\[\\]]", "");
      if (!Arrays.stream(InetAddress.getAllByName(host)).allMatch(PushHosts::isPublic)) {
        throw new DeliveryException(
            "The push service "
                + endpoint.getHost()
                + " is in a local network; pairing.notify.web_push_origins allows it",
            null);
      }
    } catch (UnknownHostException e) {
      throw new DeliveryException("The host name " + endpoint.getHost() + " cannot be resolved", e);
    }
  }

  private static String origin(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }

  /** Returns whether an address is outside of the special-purpose blocks (RFC 6890). */
  private static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    boolean special =
        address instanceof Inet6Address
            // 2000::/3 is what is assigned; 64:ff9b::/96, 2002::/16 and 2001:0::/32 contain IPv4.
            ? (first & 0xe0) != 0x20
                || (first == 0x20 && second == 0x02)
                || (first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0)
            : first == 0
                || first == 10
                || first >= 224
                || (first == 100 && (second & 0xc0) == 64)
                || (first == 198 && (second & 0xfe) == 18)
                || (first == 192 && second == 0);
    return !special
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isAnyLocalAddress()
        && !address.isMulticastAddress();
  }
}
