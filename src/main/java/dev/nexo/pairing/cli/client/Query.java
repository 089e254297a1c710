package dev.nexo.pairing.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A path below {@code /api/v1} with its query, encoded (RFC 3986). For one thread. */
public final class Query {

  private final StringBuilder text;
  private char glue = '?';

  private Query(String path) {
    text = new StringBuilder(path);
  }

  /** Starts a query with a path such as {@code /pending}, which is not encoded. */
  public static Query of(String path) {
    return new Query(path);
  }

  /** Adds a parameter, unless the value is null. */
  public Query with(String name, Object value) {
    if (value != null) {
      text.append(glue).append(name).append('=').append(encoded(value.toString()));
      glue = '&';
    }
    return this;
  }

  /** Encodes a string as one segment of a path or one value of a query. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  /** Returns the path with its query. */
  @Override
  public String toString() {
    return text.toString();
  }
}
