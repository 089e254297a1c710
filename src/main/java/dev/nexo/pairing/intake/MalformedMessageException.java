package dev.nexo.pairing.intake;

/** A message on the bus does not have the form that the protocol gives. */
final class MalformedMessageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedMessageException(String message) {
    super(message);
  }
}
