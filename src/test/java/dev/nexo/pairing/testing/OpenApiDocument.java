package dev.nexo.pairing.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The OpenAPI document that a server serves at {@code /openapi}. Thread-safe. */
public final class OpenApiDocument {

  private static final String HOME = "https://localhost/openapi.json";
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  private final JsonNode root;
  private final JsonSchemaFactory schemas;

  /**
   * Reads a document.
   *
   * @throws IllegalArgumentException if the string is not JSON
   */
  public OpenApiDocument(String json) {
    try {
      this.root = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V7,
            factory ->
                factory
                    .metaSchema(OpenApi30.getInstance())
                    .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                    .schemaLoaders(loaders -> loaders.schemas(Map.of(HOME, json))));
  }

  /**
   * One method of one path.
   *
   * @param method in lower case, as the document writes it
   * @param path with its parameters in braces
   * @param node the operation's object in the document
   */
  public record Operation(String method, String path, JsonNode node) {
    /** Whether a companion calls it with its token. */
    public boolean isCompanions() {
      return node.path("security").path(0).has("bearer");
    }

    /** Whether it needs no credentials. */
    public boolean isOpen() {
      JsonNode security = node.path("security");
      return security.isArray() && security.isEmpty();
    }

    @Override
    public String toString() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }
  }

  /** All operations, in the order of the document. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    root.path("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fields()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            operations.add(
                                new Operation(method.getKey(), path.getKey(), method.getValue()));
                          }
                        }));
    return operations;
  }

  /** Follows a reference inside the document, if it is one. */
  public JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
  }

  /** The status of a successful answer. Every operation has one. */
  public int success(Operation operation) {
    List<Integer> statuses = new ArrayList<>();
    operation
        .node()
        .path("responses")
        .fieldNames()
        .forEachRemaining(
            status -> {
              if (status.startsWith("2")) {
                statuses.add(Integer.valueOf(status));
              }
            });
    if (statuses.size() != 1) {
      throw new IllegalStateException(operation + " succeeds by " + statuses);
    }
    return statuses.get(0);
  }

  /** The media types of a successful answer. */
  public List<String> forms(Operation operation) {
    List<String> types = new ArrayList<>();
    operation
        .node()
        .path("responses")
        .path(Integer.toString(success(operation)))
        .path("content")
        .fieldNames()
        .forEachRemaining(types::add);
    return types;
  }

  /** Whether the answer of an operation ends only when the client disconnects. */
  public boolean isStream(Operation operation) {
    return forms(operation).contains("text/event-stream");
  }

  /** The violations of a value against a named schema; empty if the value is valid. */
  public List<String> faults(String schema, String json) {
    return faultsBy("#/components/schemas/" + schema, json);
  }

  /** Passes every parameter of an operation to a consumer, with references resolved. */
  public void eachParameter(Operation operation, Consumer<JsonNode> action) {
    operation.node().path("parameters").forEach(parameter -> action.accept(resolve(parameter)));
  }

  /** The violations of an answer against the document; empty if the answer is valid. */
  public List<String> faults(Operation operation, int status, String mediaType, String body) {
    JsonNode response = resolve(operation.node().path("responses").path(Integer.toString(status)));
    JsonNode schema = response.path("content").path(mediaType).path("schema");
    if (!schema.has("$ref")) {
      return List.of("status " + status + " as " + mediaType + " is not in the document");
    }
    return faultsBy(schema.path("$ref").asText(), body);
  }

  private List<String> faultsBy(String ref, String body) {
    return schemas
        .getSchema(SchemaLocation.of(HOME + ref))
        .validate(
            body,
            InputFormat.JSON,
            context -> context.getExecutionConfig().setFormatAssertionsEnabled(true))
        .stream()
        .map(Object::toString)
        .collect(Collectors.toList());
  }
}
