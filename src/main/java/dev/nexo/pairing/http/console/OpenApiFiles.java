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
 * The OpenAPI document at {@code /openapi}, as YAML and as JSON. Made once, so that it costs as
 * little as any other file; MicroProfile OpenAPI writes it again for every request, which is a
 * hundred times the work and open to everybody.
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
   * @return its two forms, by their paths
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
   * The path of the form that a request for {@code /openapi} asks for; YAML unless it says JSON.
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
