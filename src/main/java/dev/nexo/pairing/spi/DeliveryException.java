package dev.nexo.pairing.spi;

/** A message could not be handed over. The sender of it keeps it and tries again. */
public final class DeliveryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says where the message could not be handed to, and why. */
  public DeliveryException(String message, Throwable cause) {
    super(message, cause);
  }
}
