package dev.nexo.pairing;

/**
 * A caller passed an invalid value. The message says what is allowed and never contains a secret.
 */
public final class InvalidValueException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * Creates the exception for one value.
   *
   * @param field the name of the value in the protocol, for example {@code account_id}
   * @param expectation what is allowed, as the continuation of the field's name: "must be …"
   */
  public InvalidValueException(String field, String expectation) {
    super(field + " " + expectation);
    this.field = field;
  }

  /** Returns the name of the invalid value in the protocol. */
  public String field() {
    return field;
  }

  /** Returns what is allowed, without the field's name. */
  public String expectation() {
    return getMessage().substring(field.length() + 1);
  }
}
