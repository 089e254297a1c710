package dev.nexo.pairing.http.container;

import dev.nexo.pairing.http.request.SelfProbe;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Examines by HTTP whether this server's container is open to attacks that only {@code server.xml}
 * and {@code jvm.options} can prevent. On the shipped server all of them are prevented; on a server
 * of somebody's own the findings name the missing lines. Thread-safe.
 */
@Component
class ContainerCheck implements DoctorCheck {

  private static final String NAME = "http_server";
  private static final String CACHE = "http_server_path_cache";
  private static final String STATISTICS = "http_server_statistics";
  private static final String UPGRADE = "http_server_http2";
  private static final String INFLATION = "http_server_decompression";

  private final IdSource ids;
  private final SelfProbe probe;

  @Inject
  ContainerCheck(IdSource ids, SelfProbe probe) {
    this.ids = ids;
    this.probe = probe;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> examine() {
    Optional<ServerAddress.Endpoint> endpoint = ServerAddress.http();
    if (endpoint.isEmpty()) {
      return List.of(Finding.ok(NAME, "The server has no HTTP endpoint that could be asked."));
    }
    LocalHttp http = new LocalHttp(endpoint.get().localHost(), endpoint.get().port());
    try {
      List<Finding> findings = new ArrayList<>();
      findings.add(pathCache(http));
      findings.add(statistics(http));
      findings.add(upgrade(http));
      findings.add(inflation(http));
      return findings;
    } catch (IOException e) {
      return List.of(
          Finding.warning(
              NAME,
              "The server did not answer itself on port "
                  + endpoint.get().port()
                  + " ("
                  + e.getClass().getSimpleName()
                  + ").",
              "Run the examination again. If this stays, check whether a firewall closes the port"
                  + " to the machine itself."));
    }
  }

  /** Whether one odd request changes what a path means for the requests after it. */
  private Finding pathCache(LocalHttp http) throws IOException {
    String path = "/api/v1/" + ids.nextUuid();
    String before = http.statusLine("GET " + path + ";/../../../x", "");
    String after = http.statusLine("GET " + path, "");
    return after.contains(" 401") || after.contains(" 429")
        ? Finding.ok(CACHE, "No request changes what a path means for the next one.")
        : Finding.fault(
            CACHE,
            "The server remembers a path as the request before it meant it ("
                + before
                + "):"
                + " anybody can make /api/v1/inbound a 405 until the next restart.",
            "Add the line -DinvocationCacheSize=0 to jvm.options and restart the server.");
  }

  /** Whether the server keeps statistics under names that anybody can make up. */
  private Finding statistics(LocalHttp http) throws IOException {
    String method = "PROBE" + ids.nextUuid().replace("-", "").substring(0, 8);
    http.statusLine(method + " /", "");
    return keepsStatisticsOf(method)
        ? Finding.fault(
            STATISTICS,
            "The server keeps a histogram of 400 KB for each method and path that anybody asks"
                + " for, until its memory is full.",
            "Add <monitor filter=\"JVM\"/> to server.xml.")
        : Finding.ok(STATISTICS, "The server keeps no statistics by path.");
  }

  private static boolean keepsStatisticsOf(String method) {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .queryNames(new ObjectName("WebSphere:type=HttpServerStats,*"), null)
          .stream()
          .anyMatch(name -> name.toString().contains(method));
    } catch (JMException e) {
      throw new IllegalStateException("The name is a constant", e);
    }
  }

  /** Whether a stranger can leave HTTP/1.1, and with it the rules of the proxy in front. */
  private static Finding upgrade(LocalHttp http) throws IOException {
    String answer =
        http.statusLine(
            "GET /health/live",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n");
    return answer.contains(" 101")
        ? Finding.fault(
            UPGRADE,
            "The server switches to HTTP/2 on request: a stranger gets past the rules of a proxy"
                + " in front of it.",
            "Add protocolVersion=\"http/1.1\" to the httpEndpoint in server.xml.")
        : Finding.ok(UPGRADE, "The server speaks HTTP/1.1 only.");
  }

  /** Whether a compressed body is inflated before anybody can refuse it. */
  private Finding inflation(LocalHttp http) throws IOException {
    String marker = "inflated-" + ids.nextUuid();
    String answer =
        http.post(
            "/",
            "Content-Encoding: gzip\r\n" + SelfProbe.HEADER + ": " + probe.secret() + "\r\n",
            gzip(marker));
    return answer.contains(marker)
        ? Finding.fault(
            INFLATION,
            "The server inflates compressed bodies: 1 MB from a stranger becomes 1 GB of work.",
            "Add <httpOptions autoDecompression=\"false\"/> to the httpEndpoint in server.xml.")
        : Finding.ok(INFLATION, "The server does not inflate compressed bodies.");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
