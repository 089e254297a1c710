package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Open Liberty's own web applications, over HTTPS and with a user registry. */
@DisplayName("Endpoints of Open Liberty itself")
class ServerEndpointIT {

  private static final String REGISTRY =
      "<server><basicRegistry id=\"basic\" realm=\"test\">"
          + "<user name=\"alice\" password=\"of-alice-1\"/>"
          + "<user name=\"admin\" password=\"of-admin-1\"/>"
          + "<group name=\"operator\"><member name=\"alice\"/></group></basicRegistry>"
          + "<administrator-role><user>admin</user></administrator-role></server>";

  private PackagedServer server;
  private int https;

  private void start(String name, String registry) throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      https = free.getLocalPort();
    }
    server =
        new PackagedServer(name)
            .override("registry.xml", registry)
            .environment("HTTPS_PORT", Integer.toString(https))
            .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
            .environment("METRICS_AUTHENTICATION", "true");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("The server's own API is closed, and /metrics allows ten passwords")
  void passwords() throws Exception {
    start("server-endpoints", REGISTRY);
    server.environment("PAIRING_SECURITY_ACCOUNTS", "server").start();
    for (String login : new String[] {"alice:wrong", "alice:of-alice-1", "admin:of-admin-1"}) {
      RawHttp.Answer closed = get("/ibm/api/", "192.0.2.1", login);
      assertThat(closed.status()).as(login).isEqualTo(404);
      assertThat(closed.text()).as(login).doesNotContain("Set-Cookie", "WWW-Authenticate");
    }
    assertThat(get("/metrics", "192.0.2.2", "admin:of-admin-1").text()).contains("pairing_ready");
    assertThat(get("/metrics", "192.0.2.2", "alice:of-alice-1").status())
        .as("no administrator")
        .isEqualTo(403);
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      assertThat(get("/metrics", "192.0.2.3", "admin:wrong" + i).status()).isEqualTo(401);
    }
    assertThat(get("/metrics", "192.0.2.3", "admin:of-admin-1").status())
        .as("the right password of an address that guessed")
        .isEqualTo(429);
    assertThat(get("/api/v1/pending", "192.0.2.3", "alice:of-alice-1").status())
        .as("another login")
        .isEqualTo(200);
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      assertThat(get("/metrics", "192.0.2.5", "alice:wrong" + i).status()).isEqualTo(401);
    }
    assertThat(get("/api/v1/pending", "192.0.2.5", "alice:of-alice-1").status())
        .as("one limit for both")
        .isEqualTo(429);
    assertThat(get("/api/v1/pending", "192.0.2.4", "alice:of-alice-1").status()).isEqualTo(200);
    assertThat(server.console()).doesNotContain("of-admin-1").doesNotContain("\tat ");
    assertQuiet();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "with a registry beside the module''s own accounts, true, 200",
    "without a registry: nobody is the administrator, false, 401",
  })
  @DisplayName("Scrapes of a protected /metrics leave neither errors nor FFDC files")
  void scrapes(String reason, boolean hasRegistry, int administrator) throws Exception {
    start("scrapes", hasRegistry ? REGISTRY : "<server/>");
    server.start();
    for (int i = 0; i < 20; i++) {
      String address = "192.0.2." + (10 + i);
      assertThat(get("/metrics", address, "admin:of-admin-1").status()).isEqualTo(administrator);
      assertThat(get("/metrics", address, "admin:wrong").status()).isEqualTo(401);
      assertThat(get("/metrics", address, "nobody:of-admin-1").status()).isEqualTo(401);
      assertThat(get("/metrics", address, "operator:" + server.operatorPassword()).status())
          .isEqualTo(401);
    }
    assertQuiet();
  }

  private void assertQuiet() {
    assertThat(server.console()).doesNotContain("CWWKS3005E");
    assertThat(new ServerLog(server).ffdc()).isEmpty();
  }

  private RawHttp.Answer get(String path, String address, String login)
      throws IOException, GeneralSecurityException {
    String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-Forwarded-For: %s\r\n"
                .formatted(path, address)
            + "Authorization: Basic "
            + basic
            + "\r\n\r\n";
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new TrustAnybody()}, null);
    try (Socket socket = context.getSocketFactory().createSocket("127.0.0.1", https)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return RawHttp.read(socket);
    }
  }

  /** Trusts the certificate that the server generated at its first start. */
  private static final class TrustAnybody implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      // No client presents a certificate.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      // The server is on this machine.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
