package dev.nexo.pairing.intake;

import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.InboundMessage;
import dev.nexo.pairing.InboundOutcome;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.broker.BusJson;
import dev.nexo.pairing.intake.MalformedMessageException.Violation;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.spi.JsonProvider;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bodies of {@code POST /inbound} in both directions, as the bus carries them (HTTP contract,
 * Inbound). Thread-safe.
 */
final class InboundJson {

  private enum Kind {
    STRING("must be a string"),
    BOOLEAN("must be true or false"),
    OBJECT("must be an object");

    private final String expectation;

    Kind(String expectation) {
      this.expectation = expectation;
    }

    boolean takes(JsonValue value) {
      ValueType type = value.getValueType();
      return switch (this) {
        case STRING -> type == ValueType.STRING;
        case BOOLEAN -> type == ValueType.TRUE || type == ValueType.FALSE;
        case OBJECT -> type == ValueType.OBJECT;
      };
    }
  }

  private static final Map<String, Kind> FIELDS =
      Map.of(
          "channel", Kind.STRING,
          "account_id", Kind.STRING,
          "sender_id", Kind.STRING,
          "text", Kind.STRING,
          "meta", Kind.OBJECT,
          "auto_challenge", Kind.BOOLEAN,
          "deliver", Kind.BOOLEAN);
  private static final int MAX_NAME = 64;

  private final JsonProvider json = JsonProvider.provider();
  private final BusJson reader = new BusJson();

  /**
   * Reads a request. A field that is null counts as left out.
   *
   * @throws MalformedMessageException naming every unknown field and wrong type
   */
  InboundMessage read(byte[] body) {
    JsonObject object =
        reader
            .object(body)
            .orElseThrow(
                () ->
                    new MalformedMessageException(
                        "The body is not a JSON object in UTF-8", List.of()));
    List<Violation> violations = new ArrayList<>();
    object.forEach(
        (name, value) -> {
          Kind kind = FIELDS.get(name);
          if (kind == null) {
            violations.add(new Violation(shortened(name), "is not a field of this request"));
          } else if (value.getValueType() != ValueType.NULL && !kind.takes(value)) {
            violations.add(new Violation(name, kind.expectation));
          }
        });
    if (!violations.isEmpty()) {
      throw new MalformedMessageException(
          "The request has fields that are not as expected", violations);
    }
    JsonValue meta = given(object, "meta");
    return new InboundMessage(
        string(object, "channel"),
        string(object, "account_id"),
        string(object, "sender_id"),
        string(object, "text"),
        meta == null ? null : meta.toString(),
        bool(object, "auto_challenge"),
        !Boolean.FALSE.equals(bool(object, "deliver")));
  }

  /** The answer; what there is nothing to say about is left out. */
  byte[] answer(InboundOutcome outcome) {
    JsonObjectBuilder answer = json.createObjectBuilder();
    Decision decision = outcome.decision();
    answer.add("decision", decision.kind().wireName());
    if (outcome.senderId() != null) {
      answer.add("sender_id", outcome.senderId());
    }
    if (decision instanceof Drop drop) {
      answer.add("reason", drop.reason().wireName());
    }
    if (decision instanceof Challenge challenge) {
      if (outcome.challengeText() != null) {
        answer.add("code", challenge.request().code().value());
        answer.add("text", outcome.challengeText());
      }
      answer.add("expires_at", challenge.expiresAt().toString());
    }
    if (outcome.delivery() != null) {
      answer.add("delivery", outcome.delivery().wireName());
    }
    return bytes(answer);
  }

  /** The answer to a request that is malformed (RFC 9457). */
  byte[] problem(MalformedMessageException fault) {
    return problem(400, "Bad Request", fault.getMessage(), fault.violations());
  }

  /** The answer to a request with a value that is not allowed. */
  byte[] problem(InvalidValueException fault) {
    List<Violation> violations = List.of(new Violation(fault.field(), fault.expectation()));
    return problem(400, "Bad Request", fault.getMessage(), violations);
  }

  /** The answer to a request that its caller may not make. */
  byte[] forbidden(String detail) {
    return problem(403, "Forbidden", detail, List.of());
  }

  /** The answer where there is no time for the request, or something is broken. */
  byte[] problem(int status, String title) {
    return problem(status, title, null, List.of());
  }

  private byte[] problem(int status, String title, String detail, List<Violation> violations) {
    JsonObjectBuilder problem =
        json.createObjectBuilder()
            .add("type", "about:blank")
            .add("title", title)
            .add("status", status);
    if (detail != null) {
      problem.add("detail", detail);
    }
    if (!violations.isEmpty()) {
      JsonArrayBuilder list = json.createArrayBuilder();
      violations.forEach(
          v ->
              list.add(
                  json.createObjectBuilder().add("field", v.field()).add("message", v.message())));
      problem.add("violations", list);
    }
    return bytes(problem);
  }

  private static byte[] bytes(JsonObjectBuilder object) {
    return object.build().toString().getBytes(StandardCharsets.UTF_8);
  }

  private static String shortened(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
  }

  private static JsonValue given(JsonObject object, String name) {
    JsonValue value = object.get(name);
    return value == null || value.getValueType() == ValueType.NULL ? null : value;
  }

  private static String string(JsonObject object, String name) {
    return given(object, name) instanceof JsonString text ? text.getString() : null;
  }

  private static Boolean bool(JsonObject object, String name) {
    JsonValue value = given(object, name);
    return value == null ? null : value.getValueType() == ValueType.TRUE;
  }
}
