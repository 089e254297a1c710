package dev.nexo.pairing.spi;

/** A message could not be sent. It stays in the outbox and is sent again later. */
public final class DeliveryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the receiver and the reason. */
  public DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
