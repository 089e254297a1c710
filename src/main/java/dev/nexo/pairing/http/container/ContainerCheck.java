package dev.nexo.pairing.http.container;

import dev.nexo.pairing.http.request.SelfProbe;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
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
 * Checks by HTTP whether this server is open to attacks that only {@code server.xml} and {@code
 * jvm.options} can prevent. The shipped server prevents all of them; on any other server the
 * findings name the missing lines. Thread-safe.
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
      return List.of(Finding.ok(NAME, "The server has no HTTP endpoint to check."));
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
          DoctorMessage.HTTP_PORT_UNREACHABLE.finding(
              NAME, endpoint.get().port(), e.getClass().getSimpleName()));
    }
  }

  /** Checks whether an unusual request changes how the server parses the path of later requests. */
  private Finding pathCache(LocalHttp http) throws IOException {
    String path = "/api/v1/" + ids.nextUuid();
    String before = http.statusLine("GET " + path + ";/../../../x", "");
    String after = http.statusLine("GET " + path, "");
    return after.contains(" 401") || after.contains(" 429")
        ? Finding.ok(CACHE, "The server does not reuse the parsed path of an earlier request.")
        : DoctorMessage.HTTP_PATH_CACHE.finding(CACHE, before);
  }

  /**
   * Checks whether the server keeps statistics per method and path, which any client can invent.
   */
  private Finding statistics(LocalHttp http) throws IOException {
    String method = "PROBE" + ids.nextUuid().replace("-", "").substring(0, 8);
    http.statusLine(method + " /", "");
    return keepsStatisticsOf(method)
        ? DoctorMessage.HTTP_STATISTICS.finding(STATISTICS)
        : Finding.ok(STATISTICS, "The server keeps no statistics per path.");
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

  /** Checks whether a client can switch to HTTP/2 and so bypass the rules of a proxy. */
  private static Finding upgrade(LocalHttp http) throws IOException {
    String answer =
        http.statusLine(
            "GET /health/live",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n");
    return answer.contains(" 101")
        ? DoctorMessage.HTTP_UPGRADE.finding(UPGRADE)
        : Finding.ok(UPGRADE, "The server uses HTTP/1.1 only.");
  }

  /** Checks whether the server decompresses a body before a filter can refuse it. */
  private Finding inflation(LocalHttp http) throws IOException {
    String marker = "inflated-" + ids.nextUuid();
    String answer =
        http.post(
            "/",
            "Content-Encoding: gzip\r\n" + SelfProbe.HEADER + ": " + probe.secret() + "\r\n",
            gzip(marker));
    return answer.contains(marker)
        ? DoctorMessage.HTTP_DECOMPRESSION.finding(INFLATION)
        : Finding.ok(INFLATION, "The server does not decompress request bodies.");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
