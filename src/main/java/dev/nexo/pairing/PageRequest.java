package dev.nexo.pairing;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many rows at most, {@value #MIN_LIMIT}–{@value #MAX_LIMIT}
 * @param cursor where the part before ended: {@link Page#next()} of it, or null for the first
 */
public record PageRequest(int limit, String cursor) {

  /** The smallest limit. */
  public static final int MIN_LIMIT = 1;

  /** The largest limit. */
  public static final int MAX_LIMIT = 1000;

  /** The limit where none is asked for. */
  public static final int DEFAULT_LIMIT = 100;

  /**
   * Checks the limit.
   *
   * @throws InvalidValueException where it is out of range
   */
  public PageRequest {
    if (limit < MIN_LIMIT || limit > MAX_LIMIT) {
      throw new InvalidValueException(
          "limit", "must be a whole number from " + MIN_LIMIT + " to " + MAX_LIMIT);
    }
  }
}
