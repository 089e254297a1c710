package dev.nexo.pairing.internal;

import java.util.Locale;

/**
 * Is notified of every answered HTTP request, on the thread that answered it. It is called directly
 * and not by a CDI event, because this is a hot path. There is one CDI bean of this type; it
 * returns quickly and throws no exceptions.
 */
public interface RequestListener {

  /** Why a request was refused before it was processed. */
  enum Reason {
    /** The head or body is not well-formed HTTP. */
    MALFORMED,
    /** The body did not arrive in time. */
    SLOW_BODY,
    /** The address has too many concurrent requests. */
    TOO_MANY;

    /** Returns the name in metrics. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A request was refused before it was processed. */
  void refused(Reason reason);

  /**
   * A request to {@code /api} was answered.
   *
   * @param status the HTTP status
   */
  void answered(int status);
}
