package dev.nexo.pairing.http.console;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

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
      byte[] json =
          json(parse(new String(yaml, StandardCharsets.UTF_8)))
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

  private static Object parse(String yaml) {
    LoaderOptions options = new LoaderOptions();
    Yaml parser =
        new Yaml(
            new SafeConstructor(options),
            new Representer(new DumperOptions()),
            new DumperOptions(),
            options,
            new TimesAreStrings());
    return parser.load(yaml);
  }

  private static JsonValue json(Object node) {
    if (node == null) {
      return JsonValue.NULL;
    }
    if (node instanceof Map<?, ?> map) {
      JsonObjectBuilder object = PROVIDER.createObjectBuilder();
      map.forEach((key, value) -> object.add(String.valueOf(key), json(value)));
      return object.build();
    }
    if (node instanceof List<?> list) {
      JsonArrayBuilder array = PROVIDER.createArrayBuilder();
      list.forEach(value -> array.add(json(value)));
      return array.build();
    }
    if (node instanceof Boolean flag) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    return node instanceof Number number
        ? PROVIDER.createValue(number)
        : PROVIDER.createValue(node.toString());
  }

  /** YAML 1.1 would make a date of an example such as {@code 2026-11-01T12:00:00Z}. */
  private static final class TimesAreStrings extends Resolver {

    @Override
    protected void addImplicitResolvers() {
      addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
      addImplicitResolver(Tag.INT, INT, "-+0123456789");
      addImplicitResolver(Tag.FLOAT, FLOAT, "-+0123456789.");
      addImplicitResolver(Tag.NULL, NULL, "~nN\0");
      addImplicitResolver(Tag.NULL, EMPTY, null);
    }
  }
}
