package dev.nexo.pairing.http.console;

import jakarta.json.spi.JsonProvider;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Provides the OpenAPI document at {@code /openapi}, as YAML and as JSON. Both forms are created
 * once; MicroProfile OpenAPI would generate the document for each request, which takes about 100
 * times as long, and anyone may request it. Thread-safe.
 */
final class OpenApiFiles {

  static final String YAML = "/openapi";
  static final String JSON = "/openapi.json";

  private static final String SOURCE = "/META-INF/openapi.yaml";
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private OpenApiFiles() {}

  /**
   * Reads the document.
   *
   * @return the two forms, by path
   * @throws IOException if it cannot be read
   */
  static Map<String, ConsoleFile> read(ServletContext context) throws IOException {
    try (InputStream in = context.getResourceAsStream(SOURCE)) {
      byte[] yaml = in.readAllBytes();
      Map<String, Object> document =
          new Yaml(new SafeConstructor(new LoaderOptions()))
              .load(new String(yaml, StandardCharsets.UTF_8));
      byte[] json =
          PROVIDER
              .createObjectBuilder(document)
              .build()
              .toString()
              .getBytes(StandardCharsets.UTF_8);
      return Map.of(
          YAML, ConsoleFile.of(SOURCE, yaml),
          JSON, ConsoleFile.of(JSON, json));
    }
  }

  /**
   * Returns the path of the requested form of {@code /openapi}; YAML unless the request names JSON.
   */
  static String formOf(HttpServletRequest request) {
    String query = request.getQueryString();
    if (query != null && query.toLowerCase(Locale.ROOT).contains("format=json")) {
      return JSON;
    }
    String accept = request.getHeader("Accept");
    return accept != null && accept.contains("application/json") ? JSON : YAML;
  }
}
