package dev.nexo.pairing.http.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Syntax of a request head")
class HeadSyntaxTest {

  @Test
  @DisplayName("Heads of real clients are accepted")
  void accepted() {
    String[] heads = {
      // curl, a browser, older Java, nginx in front, a bare HTTP/1.0 probe, an empty Host
      "GET /health HTTP/1.1|Host: localhost:9080|User-Agent: curl/8|Accept: */*",
      "GET /?a=b&c=%C3%A9 HTTP/1.1|Host: [::1]:9080|Accept: text/html,application/xhtml+xml,"
          + "application/xml;q=0.9,image/avif,*/*;q=0.8|Accept-Language: de,en-US;q=0.7,en;q=0.3"
          + "|Accept-Encoding: gzip, deflate, br, zstd",
      "GET / HTTP/1.1|Host: a|Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
      "POST /api/v1/inbound HTTP/1.1|Host: nexo.example.com|Content-Type: application/json;"
          + " charset=\"utf-8\"|Content-Length: 12|X-Forwarded-For: 192.0.2.1",
      "POST /api/v1/inbound HTTP/1.1|Host: a|Transfer-Encoding: chunked|Content-Encoding: identity",
      "GET /health/live HTTP/1.0|",
      "GET / HTTP/1.1|Host: |Accept: application/json;profile=\"a\\\"b\";q=1.000, ,text/plain",
      "OPTIONS * HTTP/1.1|Host: a|Accept: ",
      "GET /api/v1/pending/~a!$&'()*+,;=:@-._%F0%9F%94%90 HTTP/1.1|Host: a_b|Accept-Language: *",
    };
    for (String head : heads) {
      assertThat(fault(head)).as(head).isEmpty();
    }
  }

  @Test
  @DisplayName("Malformed heads are refused, each for its reason")
  void refused() {
    String[][] rows = {
      // head, part of the detail
      {"GET / HTTP/3.0|Host: a", "protocol version"},
      {"G\u00cbT / HTTP/1.1|Host: a", "method"},
      {"GET /a|b HTTP/1.1", "path"},
      {"GET /\u00e9 HTTP/1.1|Host: a", "path"},
      {"GET /%zz HTTP/1.1|Host: a", "path"},
      {"GET /%4 HTTP/1.1|Host: a", "path"},
      {"GET /%C3 HTTP/1.1|Host: a", "path"},
      {"GET /%C0%80 HTTP/1.1|Host: a", "path"},
      {"GET /?a={b} HTTP/1.1|Host: a", "query"},
      {"GET /?a=% HTTP/1.1|Host: a", "query"},
      {"GET / HTTP/1.1|Host: a|X A: b", "header name"},
      {"GET / HTTP/1.1|Host: a|X-A: a\u0000b", "control character"},
      {"GET / HTTP/1.1|Host: a|X-A: a\rb", "control character"},
      {"GET / HTTP/1.1|X-A: b", "Host"},
      {"GET / HTTP/1.1|Host: a|Host: a", "Host"},
      {"GET / HTTP/1.1|Host: a b", "Host"},
      {"GET / HTTP/1.1|Host: [::1", "Host"},
      {"GET / HTTP/1.1|Host: a:123456", "Host"},
      {"GET / HTTP/1.1|Host: user@a", "Host"},
      {"POST / HTTP/1.1|Host: a|Content-Length: +2", "Content-Length"},
      {"POST / HTTP/1.1|Host: a|Content-Length: 2|Content-Length: 2", "Content-Length"},
      {"POST / HTTP/1.1|Host: a|Content-Length: 2|Transfer-Encoding: chunked", "not have both"},
      {"POST / HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked", "chunked"},
      {"GET / HTTP/1.1|Host: a|Accept: a", "Accept "},
      {"GET / HTTP/1.1|Host: a|Accept: text/plain;q=abc", "Accept "},
      {"GET / HTTP/1.1|Host: a|Accept: text/plain;q=2", "Accept "},
      {"GET / HTTP/1.1|Host: a|Accept: " + "a/b,".repeat(400), "Accept "},
      {"GET / HTTP/1.1|Host: a|Accept-Language: en;q=x", "Accept-Language"},
      {"POST / HTTP/1.1|Host: a|Content-Type: json", "Content-Type"},
      {"POST / HTTP/1.1|Host: a|Content-Type: a/b;q=1", "Content-Type"},
      {"POST / HTTP/1.1|Host: a|Content-Type: a/b; charset=utf-7x", "Content-Type"},
      {"POST / HTTP/1.1|Host: a|Content-Type: a/b; charset=\"\"", "Content-Type"},
      {"GET / HTTP/1.1|Host: [1]", "Host"},
      {"GET / HTTP/1.1|Host: a%41", "Host"},
      {"POST / HTTP/1.1|Host: a|Content-Type: a/b; c=\"" + "\\x".repeat(480) + "", "Content-Type"},
      {"POST / HTTP/1.1|Host: a|Content-Encoding: gzip", "Compressed"},
    };
    for (String[] row : rows) {
      String head = row[0].replace("/a|b", "/a\u0001b");
      assertThat(fault(head).map(Problem::detail))
          .as(row[0])
          .hasValueSatisfying(detail -> assertThat(detail).contains(row[1]));
    }
  }

  private static Optional<Problem> fault(String head) {
    String[] lines = head.split("\\|");
    String[] first = lines[0].split(" ");
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(": ?", 2);
      headers
          .computeIfAbsent(header[0].toLowerCase(Locale.ROOT), k -> new ArrayList<>())
          .add(header[1]);
    }
    return HeadSyntax.fault(request(first[0], first[1], first[2], headers));
  }

  private static HttpServletRequest request(
      String method, String target, String protocol, Map<String, List<String>> headers) {
    String[] parts = target.split("\\?", 2);
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            HeadSyntaxTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, called, arguments) ->
                switch (called.getName()) {
                  case "getMethod" -> method;
                  case "getProtocol" -> protocol;
                  case "getRequestURI" -> parts[0];
                  case "getQueryString" -> parts.length > 1 ? parts[1] : null;
                  case "getHeaderNames" -> Collections.enumeration(headers.keySet());
                  case "getHeaders" ->
                      Collections.enumeration(
                          headers.getOrDefault(
                              ((String) arguments[0]).toLowerCase(Locale.ROOT), List.of()));
                  case "getHeader" ->
                      headers
                          .getOrDefault(((String) arguments[0]).toLowerCase(Locale.ROOT), List.of())
                          .stream()
                          .findFirst()
                          .orElse(null);
                  default -> throw new UnsupportedOperationException(called.getName());
                });
  }
}
