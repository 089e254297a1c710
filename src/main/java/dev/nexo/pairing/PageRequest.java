package dev.nexo.pairing;

/**
 * A request for one page of a list.
 *
 * @param limit the maximum number of rows, {@value #MIN_LIMIT}–{@value #MAX_LIMIT}
 * @param cursor {@link Page#next()} of the previous page, or null for the first page
 */
public record PageRequest(int limit, String cursor) {

  /** The minimum {@link #limit}. */
  public static final int MIN_LIMIT = 1;

  /** The maximum {@link #limit}. */
  public static final int MAX_LIMIT = 1000;

  /** The default {@link #limit}. */
  public static final int DEFAULT_LIMIT = 100;

  /**
   * Creates a request.
   *
   * @throws InvalidValueException if the limit is out of range
   */
  public PageRequest {
    if (limit < MIN_LIMIT || limit > MAX_LIMIT) {
      throw new InvalidValueException(
          "limit", "must be a whole number from " + MIN_LIMIT + " to " + MAX_LIMIT);
    }
  }
}
