package dev.nexo.pairing;

/**
 * The database did not answer within {@value #MAX_WAIT_SECONDS} s, or refused. The gate turns this
 * into a drop; every other caller may try again.
 */
public final class StorageUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** How long a caller waits for the database at most, in seconds. */
  public static final int MAX_WAIT_SECONDS = 5;

  /** Says what failed and what to do about it. */
  public StorageUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
