package dev.nexo.pairing.intake;

import java.util.List;

/** What came over the bus is not what the contract says. */
final class MalformedMessageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * One fault.
   *
   * @param field the field at fault
   * @param message what is expected of it
   */
  record Violation(String field, String message) {}

  private final transient List<Violation> violations;

  MalformedMessageException(String message, List<Violation> violations) {
    super(message);
    this.violations = List.copyOf(violations);
  }

  List<Violation> violations() {
    return violations;
  }
}
