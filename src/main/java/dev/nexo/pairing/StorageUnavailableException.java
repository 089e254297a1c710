package dev.nexo.pairing;

/**
 * The database failed or did not answer within {@value #MAX_WAIT_SECONDS} s. The gate drops the
 * message; other callers may try again.
 */
public final class StorageUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** The maximum time that a caller waits for the database, in seconds. */
  public static final int MAX_WAIT_SECONDS = 5;

  /** Creates the exception with a message that says what failed. */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
