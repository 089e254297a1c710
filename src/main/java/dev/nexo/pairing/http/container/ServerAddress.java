package dev.nexo.pairing.http.container;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Where this server listens, as far as it tells. */
public final class ServerAddress {

  /** What {@code liberty/server.xml} says where nobody says otherwise. */
  private static final String DEFAULT = "http://127.0.0.1:9080";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private ServerAddress() {}

  /**
   * An address that the server listens on.
   *
   * @param host an address or a name; {@code *} for all
   * @param port 1–65535
   */
  public record Endpoint(String host, int port) {

    /** Whether this machine alone can come in there. */
    boolean isLoopback() {
      return LOOPBACK.contains(host);
    }

    /** An address of this machine's at which it is reached from this machine. */
    public String localHost() {
      return isEverywhere() ? "127.0.0.1" : host;
    }

    private boolean isEverywhere() {
      return host.equals("*") || host.equals("0.0.0.0");
    }
  }

  /** The base URL for somebody on this machine, without a slash at the end. */
  public static String url() {
    return http().map(http -> "http://" + http.localHost() + ":" + http.port()).orElse(DEFAULT);
  }

  /** Where it listens without TLS; empty where it does not, or does not tell. */
  public static Optional<Endpoint> http() {
    return endpoint("defaultHttpEndpoint");
  }

  /** Where it listens with TLS; empty where it does not, or does not tell. */
  static Optional<Endpoint> https() {
    return endpoint("defaultHttpEndpoint-ssl");
  }

  private static Optional<Endpoint> endpoint(String name) {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName endpoint =
          new ObjectName("WebSphere:feature=channelfw,type=endpoint,name=" + name);
      String host = String.valueOf(server.getAttribute(endpoint, "Host"));
      int port = Integer.parseInt(String.valueOf(server.getAttribute(endpoint, "Port")));
      return port > 0 ? Optional.of(new Endpoint(host, port)) : Optional.empty();
    } catch (JMException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
