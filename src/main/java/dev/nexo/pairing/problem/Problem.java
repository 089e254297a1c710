package dev.nexo.pairing.problem;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a caller is told when a request fails (RFC 9457).
 *
 * @param type which fault
 * @param detail this occurrence of it, with the remedy, or null; always null for a 5xx
 * @param violations the values at fault, in the order found; empty unless the input was bad
 * @param remedies the ways out, a line each; empty unless there are several
 * @param headers headers that belong to the answer, like {@code Retry-After}
 */
public record Problem(
    ProblemType type,
    String detail,
    List<Violation> violations,
    List<String> remedies,
    Map<String, String> headers) {

  /** The media type of every failure. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final JsonProvider JSON = JsonProvider.provider();

  /** Copies the lists, and drops the detail of a 5xx, which is nobody's business but the log's. */
  public Problem {
    detail = type.status() >= 500 ? null : detail;
    violations = List.copyOf(violations);
    remedies = List.copyOf(remedies);
    headers = Map.copyOf(headers);
  }

  /** A problem with a detail and nothing else. */
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), List.of(), Map.of());
  }

  /** A malformed request and every value at fault. */
  public static Problem of(List<Violation> violations) {
    StringBuilder detail = new StringBuilder();
    for (Violation violation : violations) {
      detail.append(detail.isEmpty() ? "" : "; ");
      detail.append(violation.field()).append(' ').append(violation.message());
    }
    return new Problem(
        ProblemType.BAD_REQUEST, detail.append('.').toString(), violations, List.of(), Map.of());
  }

  /** The same problem with one more header. */
  public Problem withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Problem(type, detail, violations, remedies, more);
  }

  /** The same problem with these ways out. */
  public Problem withRemedies(List<String> lines) {
    return new Problem(type, detail, violations, lines, headers);
  }

  /** The body, UTF-8. */
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
