package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nexo.pairing.testing.Certificates;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server behind a proxy that terminates TLS, as on the internet. */
@DisplayName("Packaged server behind a TLS proxy")
class TlsProxyIT {

  private static final String GUESSER = "203.0.113.66";
  private static final String COMPANION = "203.0.113.7";

  private static PackagedServer server;
  private static TlsProxy proxy;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException {
    assumeTrue(Certificates.available(), "openssl is not installed");
    Certificates certificates = new Certificates(directory);
    certificates.certificate("proxy", "DNS:localhost", "rsa:2048");
    server = new PackagedServer("tls-proxy");
    proxy = TlsProxy.to(server.port(), certificates, "proxy");
    server
        .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
        .environment("PAIRING_PUBLIC_URL", proxy.url().replace("https", "wss"))
        .start();
  }

  @AfterAll
  static void stop() throws IOException {
    try (PackagedServer first = server;
        TlsProxy second = proxy) {
      // Closes each of them, even if another one fails to close.
    }
  }

  private static int post(String path, String token) throws Exception {
    return proxy
        .client()
        .send(
            HttpRequest.newBuilder(URI.create(proxy.url() + path))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  @DisplayName("A companion pairs, and failed guesses lock only their own address")
  void pairsAndLocks() throws Exception {
    JsonObject code =
        server
            .operator()
            .post("/setup-codes", Json.createObjectBuilder().add("device_label", "far").build())
            .json();
    assertThat(code.getString("url")).startsWith("wss://localhost:").endsWith("/pair");

    proxy.callersAre(GUESSER);
    for (int i = 0; i < 10; i++) {
      assertThat(post("/api/v1/companion/session", "guess" + i)).isEqualTo(401);
    }
    assertThat(post("/api/v1/companion/session", "another guess"))
        .as("a further guess from an address that is locked")
        .isEqualTo(429);

    proxy.callersAre(COMPANION);
    assertThat(post("/api/v1/companion/session", "a guess from another address")).isEqualTo(401);
    HttpClient client = proxy.client();
    try (PlainCompanion companion = PlainCompanion.at(client, code.getString("url"))) {
      companion.send(
          Json.createObjectBuilder()
              .add("bootstrap_token", code.getString("bootstrap_token"))
              .build());
      String token = companion.frame(0).getString("session_token");
      assertThat(companion.closeCode()).isEqualTo(1000);
      assertThat(
              ServerClient.bearer(server.port(), token).get("/api/v1/companion/session").status())
          .isEqualTo(200);
    }
  }
}
