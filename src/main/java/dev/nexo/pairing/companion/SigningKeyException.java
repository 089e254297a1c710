package dev.nexo.pairing.companion;

/**
 * The signing key cannot be used: its file is missing or unusable, or differs from the key of the
 * other servers. The message names the file and says what to do; it never contains a key.
 */
public final class SigningKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that says what is wrong and what to do. */
  public SigningKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
