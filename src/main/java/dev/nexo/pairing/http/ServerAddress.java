package dev.nexo.pairing.http;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Where this server listens, as far as it tells. */
final class ServerAddress {

  /** What {@code liberty/server.xml} says where nobody says otherwise. */
  private static final String DEFAULT = "http://127.0.0.1:9080";

  private ServerAddress() {}

  /** The base URL for somebody on this machine, without a slash at the end. */
  static String url() {
    try {
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName endpoint =
          new ObjectName("WebSphere:feature=channelfw,type=endpoint,name=defaultHttpEndpoint");
      Object host = server.getAttribute(endpoint, "Host");
      Object port = server.getAttribute(endpoint, "Port");
      boolean everywhere = "*".equals(host) || "0.0.0.0".equals(host);
      return "http://" + (everywhere ? "127.0.0.1" : host) + ":" + port;
    } catch (JMException e) {
      return DEFAULT;
    }
  }
}
