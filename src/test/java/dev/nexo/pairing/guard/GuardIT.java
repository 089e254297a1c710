package dev.nexo.pairing.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.guard.lamps.DemoResource;
import dev.nexo.pairing.internal.AuthorizationHeader;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.testkit.InMemoryPairing;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Another module's resources on Open Liberty, with the guard and a store that is no real one. */
@DisplayName("Session guard in another module")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class GuardIT {

  private static final int PORT = Integer.getInteger("arquillian.http.port", 9080);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  @Deployment(testable = false)
  static WebArchive archive() {
    return ShrinkWrap.create(WebArchive.class, "lamps.war")
        .addPackages(
            false,
            Filters.exclude(".*(Test|IT|PlainResponses|Contract)(\\$.*)?\\.class"),
            InvalidValueException.class.getPackageName(),
            PairingSessionStore.class.getPackageName(),
            AuthorizationHeader.class.getPackageName(),
            Problem.class.getPackageName(),
            SenderVerdict.class.getPackageName(),
            InMemoryPairing.class.getPackageName(),
            SessionRequired.class.getPackageName(),
            DemoResource.class.getPackageName())
        .addAsWebInfResource(new File("src/main/resources/META-INF/beans.xml"));
  }

  private static HttpResponse<String> get(String path, String authorization) {
    HttpRequest.Builder request = request(path);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return send(request);
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + PORT + "/lamps/api/lamps" + path))
        .timeout(Duration.ofSeconds(60));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("A companion with a session is admitted under its own identity")
  void admits() {
    HttpResponse<String> answer = get("", "Bearer right");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("Kitchen true");
  }

  @Test
  @DisplayName("Any other caller gets a 401")
  void refuses() {
    for (String authorization : new String[] {null, "Bearer wrong", "Basic cmlnaHQ6cmlnaHQ="}) {
      HttpResponse<String> answer = get("", authorization);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.body()).contains("login-required");
    }
  }

  @Test
  @DisplayName("A failing store is a 503")
  void outage() {
    HttpResponse<String> answer = get("", "Bearer broken");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("unavailable").doesNotContain("gone");
  }

  @Test
  @DisplayName("A method with @Admitted answers an admitted sender, and nobody else")
  void admittedSenders() {
    assertThat(post("?from=ana").body()).isEqualTo("Hello, ana");
    for (String query : new String[] {"?from=stranger", "?from=bad", "?from=", ""}) {
      HttpResponse<String> answer = post(query);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.body()).contains("forbidden").doesNotContain("Hello");
    }
    assertThat(post("?from=away").statusCode()).isEqualTo(503);
  }

  private static HttpResponse<String> post(String query) {
    return send(request(query).POST(BodyPublishers.noBody()));
  }

  @Test
  @DisplayName("A resource without the guard is open")
  void unguarded() {
    assertThat(get("/open", null).body()).isEqualTo("open");
  }
}
