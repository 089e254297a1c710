package dev.nexo.pairing.problem;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An error that a caller receives: problem details (RFC 9457), over HTTP and on the bus. Immutable
 * and thread-safe.
 *
 * @param type the type of the error
 * @param detail what is wrong with this request and what to do, or null; always null for a 5xx
 * @param violations the invalid values, in the order found; empty unless the input was invalid
 * @param remedies the alternative remedies, one line each; empty unless there are several
 * @param headers headers of the response, such as {@code Retry-After}
 */
public record Problem(
    ProblemType type,
    String detail,
    List<Violation> violations,
    List<String> remedies,
    Map<String, String> headers) {

  /** The media type of every error response. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonProvider JSON = JsonProvider.provider();

  /** Copies the lists. Removes the detail of a 5xx, because only the log may contain its cause. */
  public Problem {
    detail = type.status() >= 500 ? null : detail;
    violations = List.copyOf(violations);
    remedies = List.copyOf(remedies);
    headers = Map.copyOf(headers);
  }

  /** Returns a problem with a type and a detail only. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), List.of(), Map.of());
  }

  /** Returns a {@code bad-request} problem that names every invalid value. */
  public static Problem of(List<Violation> violations) {
    StringBuilder detail = new StringBuilder();
    for (Violation violation : violations) {
      detail.append(detail.isEmpty() ? "" : "; ");
      detail.append(violation.field()).append(' ').append(violation.message());
    }
    return new Problem(
        ProblemType.BAD_REQUEST, detail.append('.').toString(), violations, List.of(), Map.of());
  }

  /** Returns a copy of this problem with one more header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Problem(type, detail, violations, remedies, more);
  }

  /** Returns a copy of this problem with these remedies. */
  public Problem withRemedies(List<String> lines) {
    return new Problem(type, detail, violations, lines, headers);
  }

  /** Returns the response body, JSON in UTF-8. */
  public byte[] body() {
    JsonObjectBuilder json =
        JSON.createObjectBuilder()
            .add("type", type.uri())
            .add("title", type.title())
            .add("status", type.status());
    if (detail != null) {
      json.add("detail", detail);
    }
    if (!violations.isEmpty()) {
      JsonArrayBuilder list = JSON.createArrayBuilder();
      for (Violation violation : violations) {
        list.add(
            JSON.createObjectBuilder()
                .add("field", violation.field())
                .add("message", violation.message()));
      }
      json.add("violations", list);
    }
    if (!remedies.isEmpty()) {
      JsonArrayBuilder lines = JSON.createArrayBuilder();
      remedies.forEach(lines::add);
      json.add("remedies", lines);
    }
    return json.build().toString().getBytes(StandardCharsets.UTF_8);
  }
}
