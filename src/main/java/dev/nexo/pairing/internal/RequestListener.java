package dev.nexo.pairing.internal;

import java.util.Locale;

/**
 * Is notified of every HTTP request that was answered, on the thread that answered it. A plain call
 * and no CDI event, because it is on the hot path. There is one CDI bean of this type; it is quick
 * and does not throw.
 */
public interface RequestListener {

  /** Why a request was refused before anybody looked at what it asks for. */
  enum Reason {
    /** Its head or body is not well-formed HTTP. */
    MALFORMED,
    /** Its body did not arrive in time. */
    SLOW_BODY,
    /** Its address has too many requests at once. */
    TOO_MANY;

    /** The reason as a metric's label. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A request was refused. */
  void refused(Reason reason);

  /**
   * A request to {@code /api} was answered.
   *
   * @param status the HTTP status
   */
  void answered(int status);
}
