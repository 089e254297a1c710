package dev.nexo.pairing.http.request;

import dev.nexo.pairing.json.JsonFields;
import dev.nexo.pairing.json.StrictJson;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/** Reads the JSON bodies of HTTP requests, of at most {@value #MAX_BYTES} bytes. Thread-safe. */
public final class JsonBody {

  /** The maximum length of a body, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final Problem TOO_LARGE =
      Problem.of(
          ProblemType.TOO_LARGE, "The body must be at most 1 MiB. Split it into several requests.");

  private static final String STREAM = "application/x-ndjson";

  private JsonBody() {}

  /**
   * Refuses a request whose {@code Content-Length} is over the limit, unless it is a stream of
   * lines.
   *
   * @throws ProblemException 413
   */
  public static void refuseTooLong(HttpServletRequest request) {
    if (request.getContentLengthLong() > MAX_BYTES && !isStream(request)) {
      throw new ProblemException(TOO_LARGE);
    }
  }

  private static boolean isStream(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null && type.split(";", 2)[0].trim().equalsIgnoreCase(STREAM);
  }

  /**
   * Reads the body of a request without query parameters.
   *
   * @throws ProblemException 413 if it is longer than {@value #MAX_BYTES} bytes, 400 if it is not
   *     one JSON object
   */
  public static JsonFields read(HttpServletRequest request) {
    return refuseQuery(new JsonFields(StrictJson.parse(bytes(request))), request);
  }

  /**
   * Reads the body of a request without query parameters. An empty body is an empty object.
   *
   * @throws ProblemException as {@link #read} does
   */
  public static JsonFields readOptional(HttpServletRequest request) {
    return refuseQuery(new JsonFields(optional(request)), request);
  }

  /**
   * Reads the body of a request with query parameters. An empty body is an empty object. {@link
   * JsonFields#end()} checks both.
   *
   * @throws ProblemException as {@link #read} does
   */
  public static JsonFields readOptional(HttpServletRequest request, QueryFields query) {
    JsonFields fields = new JsonFields(optional(request), query.violations());
    fields.alsoEnd(query::noteUnknown);
    return fields;
  }

  private static JsonObject optional(HttpServletRequest request) {
    byte[] bytes = bytes(request);
    if (bytes.length == 0 && request.getContentLengthLong() > 0) {
      // A filter of the application has read it. Without its fields, an approval might not end.
      throw new ProblemException(ProblemType.BAD_REQUEST, "The body could not be read.");
    }
    return bytes.length == 0 ? JsonValue.EMPTY_JSON_OBJECT : StrictJson.parse(bytes);
  }

  private static byte[] bytes(HttpServletRequest request) {
    byte[] bytes;
    try {
      bytes = request.getInputStream().readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      // The caller disconnected or sent malformed chunks; the log does not need that.
      throw new ProblemException(
          ProblemType.BAD_REQUEST, "The body ended early, or its chunked encoding is malformed.");
    }
    if (bytes.length > MAX_BYTES) {
      throw new ProblemException(TOO_LARGE);
    }
    return bytes;
  }

  private static JsonFields refuseQuery(JsonFields fields, HttpServletRequest request) {
    String query = request.getQueryString();
    for (String parameter : query == null ? new String[0] : query.split("&")) {
      fields.violations().add(parameter.split("=", 2)[0], "is not a parameter of this request");
    }
    return fields;
  }
}
