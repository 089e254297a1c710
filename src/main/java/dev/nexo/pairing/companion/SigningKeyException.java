package dev.nexo.pairing.companion;

/**
 * The key that signs setup codes cannot be used: its file is unfit, or another one than the other
 * servers of the database have. The message names the file and says what to do; never a key.
 */
public final class SigningKeyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong and what to do about it. */
  public SigningKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
