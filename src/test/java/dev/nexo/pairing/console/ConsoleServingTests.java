package dev.nexo.pairing.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How the page's files are served. */
interface ConsoleServingTests extends ConsoleExtension {

  @Test
  @DisplayName("Every page has a content security policy that allows nothing foreign")
  default void headers() throws Exception {
    for (String path :
        new String[] {"/", "/js/main.js", "/css/base.css", "/nowhere", "/WEB-INF/"}) {
      HttpResponse<String> answer = send("GET", path, null);
      assertThat(header(answer, "Content-Security-Policy"))
          .as(path)
          .startsWith("default-src 'none';")
          .contains("script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'")
          .contains("require-trusted-types-for 'script'")
          .doesNotContain("unsafe", "*");
      assertThat(header(answer, "X-Content-Type-Options")).as(path).isEqualTo("nosniff");
      assertThat(header(answer, "Referrer-Policy")).as(path).isEqualTo("no-referrer");
      assertThat(header(answer, "Cross-Origin-Opener-Policy")).as(path).isEqualTo("same-origin");
      assertThat(header(answer, "Permissions-Policy")).as(path).contains("camera=()");
    }
    assertThat(header(send("GET", "/api/v1/pending", null), "Content-Security-Policy")).isEmpty();
  }

  @Test
  @DisplayName("An unchanged file is not sent again, a changed one is")
  default void revalidation() throws Exception {
    HttpResponse<String> first = send("GET", "/js/main.js", null);
    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    assertThat(header(first, "Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
    assertThat(first.headers().firstValue("Last-Modified")).isEmpty();
    String tag = header(first, "ETag");
    assertThat(tag).matches("\"[\\w-]{24}\"").isNotEqualTo(header(send("GET", "/", null), "ETag"));
    assertThat(send("GET", "/js/main.js", tag).statusCode()).isEqualTo(304);
    assertThat(send("GET", "/js/main.js", "\"old\", W/" + tag).statusCode()).isEqualTo(304);
    assertThat(send("GET", "/js/main.js", "\"old\"").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("Other paths get a plain 404, other methods a 405")
  default void otherPathsAndMethods() throws Exception {
    for (String path :
        new String[] {
          "/nowhere", "/js/", "/js/../WEB-INF/web.xml", "/WEB-INF/web.xml", "/pair/x"
        }) {
      HttpResponse<String> answer = send("GET", path, null);
      assertThat(answer.statusCode()).as(path).isEqualTo(404);
      assertThat(answer.body()).as(path).doesNotContain("<", "Liberty");
    }
    assertThat(send("HEAD", "/", null).statusCode()).isEqualTo(200);
    for (String method : new String[] {"POST", "PUT", "DELETE", "OPTIONS"}) {
      assertThat(send(method, "/", null).statusCode()).as(method).isEqualTo(405);
    }
    assertThat(send("TRACE", "/", null).statusCode()).as("TRACE").isIn(403, 405);
  }

  private HttpResponse<String> send(String method, String path, String tag)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + world().server().port() + path))
            .method(method, BodyPublishers.noBody());
    if (tag != null) {
      request.header("If-None-Match", tag);
    }
    // Liberty never ends a 304 that answers an upgrade to HTTP/2, which the JDK tries and browsers
    // do not.
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .build()
        .send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
