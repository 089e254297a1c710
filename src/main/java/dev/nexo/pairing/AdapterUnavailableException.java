package dev.nexo.pairing;

/** A channel's adapter could not be asked at all; whether the sender is acceptable is unknown. */
public final class AdapterUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says which adapter did not answer, and why. */
  public AdapterUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
