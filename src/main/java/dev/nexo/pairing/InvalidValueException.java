package dev.nexo.pairing;

/** A caller's value is malformed. The message says what is allowed and never repeats a secret. */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Names the value at fault.
   *
   * @param field its name as the contract spells it, like {@code account_id}
   * @param expectation what is allowed, to be read after the field's name: "must be …"
   */
  public InvalidValueException(String field, String expectation) {
    super(field + " " + expectation);
    this.field = field;
  }

  /** The name of the value at fault, as the contract spells it. */
  public String field() {
    return field;
  }

  /** What is allowed, without the field's name. */
  public String expectation() {
    return getMessage().substring(field.length() + 1);
  }
}
