package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.nexo.pairing.http.fake.FakeSessions;
import dev.nexo.pairing.http.fake.FakeSetupCodes;
import dev.nexo.pairing.testing.OpenApiDocument;
import dev.nexo.pairing.testing.OpenApiDocument.Operation;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds the document at {@code /openapi} to the server that serves it. */
@DisplayName("OpenAPI document")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OpenApiIT {

  private static final String REDEEM = "/api/v1/companion/session";

  private OpenApiDocument document;

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("openapi-document");
  }

  @BeforeEach
  void readDocument() {
    document = new OpenApiDocument(ApiClient.anonymous().get("/openapi?format=JSON").body());
  }

  @Test
  @DisplayName("The document lists exactly the implemented operations")
  void operations() {
    Set<String> written = new TreeSet<>();
    document.operations().forEach(operation -> written.add(operation.toString()));
    assertThat(written).isEqualTo(implemented());
  }

  @Test
  @DisplayName("Every example is accepted and answered as documented")
  void examples() {
    seed("+15550002222");
    for (Operation operation : document.operations()) {
      if (document.isStream(operation)) {
        // It has no end; OperatorIT reads it.
        continue;
      }
      JsonNode content = operation.node().path("requestBody").path("content");
      if (content.isMissingNode()) {
        String method = operation.method().toUpperCase(Locale.ROOT);
        for (boolean all : new boolean[] {true, false}) {
          check(operation, caller(operation).send(method, path(operation, all), ApiClient.NOTHING));
        }
      }
      content
          .fields()
          .forEachRemaining(
              type ->
                  type.getValue()
                      .path("examples")
                      .forEach(example -> post(operation, type.getKey(), example.path("value"))));
    }
  }

  @Test
  @DisplayName("Every failure is the documented problem")
  void failures() {
    for (Operation operation : document.operations()) {
      String path = path(operation, true);
      String method = operation.method().toUpperCase(Locale.ROOT);
      if (!operation.isOpen()) {
        failure(operation, ApiClient.anonymous().send(method, path, ApiClient.NOTHING), 401);
      }
      failure(
          operation,
          caller(operation)
              .send(
                  method,
                  path + (path.contains("?") ? "&" : "?") + "nonsense=1",
                  ApiClient.NOTHING),
          400);
      if (!operation.isCompanions()) {
        failure(
            operation,
            ApiClient.operator()
                .header("X-Pairing-Surface", "x")
                .send(method, path, ApiClient.NOTHING),
            400);
      }
      failure(
          operation,
          caller(operation)
              .header("Accept", "image/gif")
              .header("Content-Type", "application/json")
              .send(method, path, ApiClient.NOTHING),
          406);
      if (method.equals("POST")) {
        failure(
            operation,
            caller(operation)
                .header("Content-Type", "text/plain")
                .send(method, path, ApiClient.NOTHING),
            415);
      }
    }
  }

  @Test
  @DisplayName("Every conflict is the documented problem")
  void conflicts() {
    String start = "/api/v1/setup-codes";
    failure(
        operation("POST " + start),
        ApiClient.operator().post(start, "{\"device_label\":\"" + FakeSetupCodes.LOOPBACK + "\"}"),
        409);
    failure(
        operation("DELETE " + start + "/{setup_id}"),
        ApiClient.operator()
            .send("DELETE", start + "/" + FakeSetupCodes.REDEEMED, ApiClient.NOTHING),
        409);
  }

  @Test
  @DisplayName("Every documented media type can be requested")
  void mediaTypes() {
    int asked = 0;
    for (Operation operation : document.operations()) {
      for (String form : document.forms(operation)) {
        if (!form.equals("application/json") && !document.isStream(operation)) {
          asked++;
          HttpResponse<String> response =
              ApiClient.operator().header("Accept", form).post(path(operation, false), "{}");
          assertThat(response.statusCode()).as(form).isEqualTo(document.success(operation));
          assertThat(response.headers().firstValue("Content-Type").orElse(""))
              .as(operation.toString())
              .startsWith(form);
        }
      }
    }
    assertThat(asked).isPositive();
  }

  private void post(Operation operation, String type, JsonNode example) {
    String body = example.isTextual() ? example.asText() : example.toString();
    String query = type.equals("application/x-ndjson") ? "?channel=whatsapp" : "";
    for (boolean all : new boolean[] {true, false}) {
      String path = path(operation, all);
      check(operation, caller(operation).header("Content-Type", type).post(path + query, body));
    }
  }

  private void check(Operation operation, HttpResponse<String> response) {
    int success = document.success(operation);
    assertThat(response.statusCode()).as(operation + " " + response.body()).isEqualTo(success);
    if (document.forms(operation).isEmpty()) {
      assertThat(response.body()).as(operation.toString()).isEmpty();
    } else {
      assertThat(document.faults(operation, success, "application/json", response.body()))
          .as(operation + " " + response.body())
          .isEmpty();
    }
  }

  /** A permitted caller: anonymous, the operator, or a companion with the right token. */
  private static ApiClient caller(Operation operation) {
    if (operation.isOpen()) {
      return ApiClient.anonymous();
    }
    if (!operation.isCompanions()) {
      return ApiClient.operator();
    }
    boolean early =
        operation.path().endsWith("/challenge") || operation.toString().equals("POST " + REDEEM);
    String token = early ? FakeSessions.BOOTSTRAP : FakeSessions.SESSION;
    return ApiClient.anonymous().header("Authorization", "Bearer " + token);
  }

  private Operation operation(String name) {
    return document.operations().stream()
        .filter(operation -> operation.toString().equals(name))
        .findAny()
        .orElseThrow();
  }

  private void failure(Operation operation, HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(operation + " " + response.body()).isEqualTo(status);
    assertThat(document.faults(operation, status, "application/problem+json", response.body()))
        .as(operation + " " + response.body())
        .isEmpty();
  }

  /**
   * The path with the examples of its parameters; the query only with {@code all}, else as needed.
   */
  private String path(Operation operation, boolean all) {
    StringBuilder path = new StringBuilder(operation.path());
    StringJoiner query = new StringJoiner("&", "?", "").setEmptyValue("");
    document.eachParameter(
        operation,
        parameter -> {
          String name = parameter.path("name").asText();
          JsonNode example = parameter.path("example");
          boolean needed = parameter.path("required").asBoolean();
          if (parameter.path("in").asText().equals("path")) {
            int at = path.indexOf("{" + name + "}");
            path.replace(at, at + name.length() + 2, example.asText());
          } else if (parameter.path("in").asText().equals("query")
              && !example.isMissingNode()
              && (needed || all)) {
            query.add(name + "=" + URLEncoder.encode(example.asText(), StandardCharsets.UTF_8));
          }
        });
    return path + query.toString();
  }

  private static void seed(String senderId) {
    ApiClient.operator()
        .post(
            "/api/v1/allow-from/seed",
            "{\"channel\":\"whatsapp\",\"sender_ids\":[\"" + senderId + "\"]}");
  }

  private static Set<String> implemented() {
    Set<String> operations = new TreeSet<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.nexo.pairing.http")) {
      if (found.isAnnotatedWith(Path.class)) {
        Class<?> resource = found.reflect();
        String base = resource.getAnnotation(Path.class).value();
        add(operations, base, resource);
        for (Method locator : resource.getMethods()) {
          Path sub = locator.getAnnotation(Path.class);
          if (sub != null && locator.getReturnType().getName().endsWith("Resource")) {
            add(operations, base + sub.value(), locator.getReturnType());
          }
        }
      }
    }
    return operations;
  }

  private static void add(Set<String> operations, String base, Class<?> resource) {
    for (Method method : resource.getDeclaredMethods()) {
      Path sub = method.getAnnotation(Path.class);
      String path = (base + (sub == null ? "" : "/" + sub.value())).replaceAll("/+", "/");
      for (Annotation annotation : method.getAnnotations()) {
        HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
        if (verb != null) {
          operations.add(verb.value() + " /api/v1" + path);
        }
      }
    }
  }
}
