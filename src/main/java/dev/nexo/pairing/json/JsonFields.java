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
 * Takes a request's body apart field by field, and remembers everything that is wrong with it. A
 * field that is null counts as left out. Call {@link #end()} before using what was read. For one
 * thread.
 */
public final class JsonFields {

  private final JsonObject object;
  private final Violations violations;
  private final Set<String> asked = new HashSet<>();
  private final List<Runnable> alsoEnding = new ArrayList<>();

  /** Reads from this object. */
  public JsonFields(JsonObject object) {
    this(object, new Violations());
  }

  /** Reads from this object and adds to these violations. */
  public JsonFields(JsonObject object, Violations violations) {
    this.object = object;
    this.violations = violations;
  }

  /** Whether a field is there, be it null. */
  public boolean names(String field) {
    return object.containsKey(field);
  }

  /** Whether a field is there and not null. */
  public boolean gives(String field) {
    return object.containsKey(field) && !object.isNull(field);
  }

  /** The text of a field, or null where it is left out. */
  public String text(String field) {
    JsonValue value = value(field);
    return value == null ? null : asText(field, value);
  }

  /** The text of a field that has to be there; null only after noting that it is not. */
  public String requiredText(String field) {
    JsonValue value = value(field);
    if (value == null) {
      violations.add(field, "is missing");
      return null;
    }
    return asText(field, value);
  }

  /** A text of limited length, or null where it is left out. */
  public String text(String field, int maxLength) {
    String text = text(field);
    if (text != null && text.length() > maxLength) {
      violations.add(field, "must be at most " + maxLength + " characters");
    }
    return text;
  }

  /** True or false, or null where the field is left out. */
  public Boolean flag(String field) {
    JsonValue value = value(field);
    if (value == null || value == JsonValue.TRUE || value == JsonValue.FALSE) {
      return value == null ? null : value == JsonValue.TRUE;
    }
    violations.add(field, "must be true or false");
    return null;
  }

  /** True or false; where the field is left out, what is given. */
  public boolean flag(String field, boolean otherwise) {
    Boolean value = flag(field);
    return value == null ? otherwise : value;
  }

  /**
   * A whole number in this range, or null where the field is left out or after noting what is wrong
   * with it.
   */
  public Long wholeNumber(String field, long min, long max) {
    JsonValue value = value(field);
    if (value == null) {
      return null;
    }
    // With an exponent, a number is not integral here; it could have more digits than memory holds.
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

  /** A time, or null where the field is left out. */
  public Instant time(String field) {
    return violations.time(field, text(field));
  }

  /** A list of texts that has to be there; empty after noting that it is not. */
  public List<String> requiredTexts(String field, int maxSize) {
    JsonValue value = value(field);
    List<String> texts = new ArrayList<>();
    if (value == null) {
      violations.add(field, "is missing");
    } else if (value.getValueType() != ValueType.ARRAY) {
      violations.add(field, "must be a list of strings");
    } else if (value.asJsonArray().size() > maxSize) {
      violations.add(field, "must have at most " + maxSize + " entries");
    } else {
      JsonArray array = value.asJsonArray();
      for (int i = 0; i < array.size(); i++) {
        texts.add(asText(field + "[" + i + "]", array.get(i)));
      }
    }
    return texts;
  }

  /** An object, or null where the field is left out. */
  public JsonObject object(String field) {
    JsonValue value = value(field);
    if (value != null && value.getValueType() != ValueType.OBJECT) {
      violations.add(field, "must be an object");
      return null;
    }
    return value == null ? null : value.asJsonObject();
  }

  /** Whether a field is there and is an object. */
  public boolean isObject(String field) {
    return gives(field) && object.get(field).getValueType() == ValueType.OBJECT;
  }

  /**
   * The fields of the object in a field, or null where it is left out. {@link #end()} ends the
   * reading of both, and names the inner ones {@code field.name}.
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
   * The fields {@code channel} and {@code account_id}, each judged by itself; null only after
   * noting what is wrong.
   */
  public ChannelAccount account() {
    return violations.account(requiredText("channel"), text("account_id"));
  }

  /** Where to note what is wrong with a value that was read. */
  public Violations violations() {
    return violations;
  }

  /** Runs a check of its own when the reading ends. */
  public void alsoEnd(Runnable check) {
    alsoEnding.add(check);
  }

  /**
   * Ends the reading; fields that nobody asked for are unknown.
   *
   * @throws ProblemException a 400 that names everything that is wrong
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
