package dev.nexo.pairing.json;

import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the fields of a JSON request body and collects the {@link Violations}. A field that is null
 * is treated as missing. Call {@link #end()} before you use the values. Not thread-safe.
 */
public final class JsonFields {

  private final JsonObject object;
  private final Violations violations;
  private final Set<String> asked = new HashSet<>();
  private final List<Runnable> alsoEnding = new ArrayList<>();

  /** Creates a reader of this object. */
  public JsonFields(JsonObject object) {
    this(object, new Violations());
  }

  /** Creates a reader of this object that adds to these violations. */
  public JsonFields(JsonObject object, Violations violations) {
    this.object = object;
    this.violations = violations;
  }

  /** Returns whether a field is present, even if it is null. */
  public boolean names(String field) {
    return object.containsKey(field);
  }

  /** Returns whether a field is present and not null. */
  public boolean gives(String field) {
    return object.containsKey(field) && !object.isNull(field);
  }

  /** Returns a string, or null if the field is missing or invalid. */
  public String text(String field) {
    JsonValue value = value(field);
    return value == null ? null : asText(field, value);
  }

  /**
   * Returns the text of a message as it was written, or null if the field is missing or invalid.
   * Unlike other strings it may contain U+0000 and unpaired surrogates: a person cannot help it if
   * a channel cuts a text inside an emoji. {@link dev.nexo.pairing.MessageContext} repairs it.
   */
  public String messageText(String field) {
    JsonValue value = value(field);
    if (value == null || value instanceof JsonString) {
      return value == null ? null : ((JsonString) value).getString();
    }
    violations.add(field, "must be a string");
    return null;
  }

  /** Returns a required string; null only if a violation was added. */
  public String requiredText(String field) {
    JsonValue value = value(field);
    if (value == null) {
      violations.add(field, "is required");
      return null;
    }
    return asText(field, value);
  }

  /** Returns a string of limited length in characters, or null if the field is missing. */
  public String text(String field, int maxLength) {
    String text = text(field);
    if (text != null && text.length() > maxLength) {
      violations.add(field, "must be at most " + maxLength + " characters");
    }
    return text;
  }

  /** Returns a boolean, or null if the field is missing or invalid. */
  public Boolean flag(String field) {
    JsonValue value = value(field);
    if (value == null || value == JsonValue.TRUE || value == JsonValue.FALSE) {
      return value == null ? null : value == JsonValue.TRUE;
    }
    violations.add(field, "must be true or false");
    return null;
  }

  /** Returns a boolean, or the default if the field is missing or invalid. */
  public boolean flag(String field, boolean defaultValue) {
    Boolean value = flag(field);
    return value == null ? defaultValue : value;
  }

  /**
   * Returns a whole number in this range, or null if the field is missing or invalid.
   *
   * @param min the smallest value allowed
   * @param max the largest value allowed
   */
  public Long wholeNumber(String field, long min, long max) {
    JsonValue value = value(field);
    if (value == null) {
      return null;
    }
    // A number with an exponent is not integral here; its digits could exceed the memory.
    if (value instanceof JsonNumber number && number.isIntegral()) {
      BigInteger whole = number.bigIntegerValue();
      if (whole.compareTo(BigInteger.valueOf(min)) >= 0
          && whole.compareTo(BigInteger.valueOf(max)) <= 0) {
        return whole.longValueExact();
      }
    }
    violations.add(field, "must be a whole number from " + min + " to " + max);
    return null;
  }

  /** Returns an RFC 3339 time, or null if the field is missing or invalid. */
  public Instant time(String field) {
    return violations.time(field, text(field));
  }

  /** Returns a required array of strings; empty if a violation was added. */
  public List<String> requiredTexts(String field, int maxSize) {
    if (value(field) == null) {
      violations.add(field, "is required");
    }
    return texts(field, maxSize);
  }

  /** Returns an array of strings; empty if the field is missing or a violation was added. */
  public List<String> texts(String field, int maxSize) {
    JsonValue value = value(field);
    List<String> texts = new ArrayList<>();
    if (value == null) {
      return texts;
    } else if (value.getValueType() != ValueType.ARRAY) {
      violations.add(field, "must be an array of strings");
    } else if (value.asJsonArray().size() > maxSize) {
      violations.add(field, "must have at most " + maxSize + " elements");
    } else {
      JsonArray array = value.asJsonArray();
      for (int i = 0; i < array.size(); i++) {
        texts.add(asText(field + "[" + i + "]", array.get(i)));
      }
    }
    return texts;
  }

  /** Returns an object, or null if the field is missing or invalid. */
  public JsonObject object(String field) {
    JsonValue value = value(field);
    if (value != null && value.getValueType() != ValueType.OBJECT) {
      violations.add(field, "must be an object");
      return null;
    }
    return value == null ? null : value.asJsonObject();
  }

  /** Returns whether a field is present and is an object. */
  public boolean isObject(String field) {
    return gives(field) && object.get(field).getValueType() == ValueType.OBJECT;
  }

  /**
   * Returns a reader of the object in a field, or null if the field is missing or invalid. {@link
   * #end()} of this reader ends both, and names the inner fields {@code field.name}.
   */
  public JsonFields part(String field) {
    JsonObject inner = object(field);
    if (inner == null) {
      return null;
    }
    JsonFields fields = new JsonFields(inner, violations.within(field));
    alsoEnding.add(fields::noteUnknown);
    return fields;
  }

  /**
   * Returns a reader of each object in a required array, which must not be empty. {@link #end()} of
   * this reader ends all of them, and names the inner fields {@code field[0].name}.
   */
  public List<JsonFields> requiredParts(String field, int maxSize) {
    JsonValue value = value(field);
    List<JsonFields> parts = new ArrayList<>();
    if (value == null) {
      violations.add(field, "is required");
    } else if (value.getValueType() != ValueType.ARRAY) {
      violations.add(field, "must be an array of objects");
    } else if (value.asJsonArray().isEmpty() || value.asJsonArray().size() > maxSize) {
      violations.add(field, "must have 1 to " + maxSize + " elements");
    } else {
      JsonArray array = value.asJsonArray();
      for (int i = 0; i < array.size(); i++) {
        String name = field + "[" + i + "]";
        if (array.get(i).getValueType() != ValueType.OBJECT) {
          violations.add(name, "must be an object");
          continue;
        }
        JsonFields part = new JsonFields(array.getJsonObject(i), violations.within(name));
        alsoEnding.add(part::noteUnknown);
        parts.add(part);
      }
    }
    return parts;
  }

  /**
   * Returns the account in the fields {@code channel} and {@code account_id}, each of which is
   * checked separately; null only if a violation was added.
   */
  public ChannelAccount account() {
    return violations.account(requiredText("channel"), text("account_id"));
  }

  /** Returns the violations found so far, to which callers may add. */
  public Violations violations() {
    return violations;
  }

  /** Registers a check that {@link #end()} runs. */
  public void alsoEnd(Runnable check) {
    alsoEnding.add(check);
  }

  /**
   * Ends the reading. Fields that were not read are violations.
   *
   * @throws ProblemException a 400 that names all violations, if there are any
   */
  public void end() {
    noteUnknown();
    alsoEnding.forEach(Runnable::run);
    violations.refuseIfAny();
  }

  private void noteUnknown() {
    for (String field : object.keySet()) {
      if (!asked.contains(field)) {
        violations.add(field, "is not a field of this request");
      }
    }
  }

  private JsonValue value(String field) {
    asked.add(field);
    JsonValue value = object.get(field);
    return value == JsonValue.NULL ? null : value;
  }

  private String asText(String field, JsonValue value) {
    if (!(value instanceof JsonString string)) {
      violations.add(field, "must be a string");
      return null;
    }
    String fault = Violations.fault(string.getString());
    if (fault != null) {
      violations.add(field, fault);
    }
    return fault == null ? string.getString() : null;
  }
}
