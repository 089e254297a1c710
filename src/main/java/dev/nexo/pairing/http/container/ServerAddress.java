package dev.nexo.pairing.http.container;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Reads the addresses on which this server listens from Open Liberty's MBeans. Thread-safe. */
public final class ServerAddress {

  /** The default of {@code liberty/server.xml}. */
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

    /** Returns whether only this machine can connect to it. */
    boolean isLoopback() {
      return LOOPBACK.contains(host);
    }

    /** Returns the address to which clients on this machine connect. */
    public String localHost() {
      return isEverywhere() ? "127.0.0.1" : host;
    }

    private boolean isEverywhere() {
      return host.equals("*") || host.equals("0.0.0.0");
    }
  }

  /** Returns the base URL for clients on this machine, without a slash at the end. */
  public static String url() {
    return http().map(http -> "http://" + http.localHost() + ":" + http.port()).orElse(DEFAULT);
  }

  /** Returns the endpoint without TLS; empty if there is none, or it is unknown. */
  public static Optional<Endpoint> http() {
    return endpoint("defaultHttpEndpoint");
  }

  /** Returns the endpoint with TLS; empty if there is none, or it is unknown. */
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
