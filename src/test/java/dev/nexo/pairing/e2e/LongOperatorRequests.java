package dev.nexo.pairing.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.PackagedServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** Operator requests whose bodies are too large to be held in memory. */
final class LongOperatorRequests {

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final PackagedServer server;

  /** Creates the requests to a server, which must run when they are sent. */
  LongOperatorRequests(PackagedServer server) {
    this.server = server;
  }

  /** Streams a number of {@link SenderIdLines} to the server. */
  JsonObject seed(String account, int count) throws Exception {
    HttpRequest request =
        request("/allow-from/seed?channel=whatsapp&account_id=" + account)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofInputStream(() -> new SenderIdLines(count)))
            .build();
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    try (var reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }

  /** Reads the answer of {@code GET /pairings?all=true}, and counts the senders. */
  long countAll() throws Exception {
    HttpResponse<InputStream> answer =
        http.send(request("/pairings?all=true").GET().build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    long senders = 0;
    // The default limit of Parsson is 15 million characters.
    Map<String, ?> unlimited = Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE);
    try (JsonParser parser =
        Json.createParserFactory(unlimited).createParser(answer.body(), UTF_8)) {
      while (parser.hasNext()) {
        boolean isKey = parser.next() == JsonParser.Event.KEY_NAME;
        senders += isKey && parser.getString().equals("sender_id") ? 1 : 0;
      }
    }
    return senders;
  }

  private HttpRequest.Builder request(String path) {
    String pair = "operator:" + server.operatorPassword();
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
        .timeout(PATIENCE)
        .header(
            "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }
}
