package dev.nexo.pairing;

/** A channel's adapter did not answer, so it is unknown whether the sender id is valid. */
public final class AdapterUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that names the adapter and the reason. */
  public AdapterUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
