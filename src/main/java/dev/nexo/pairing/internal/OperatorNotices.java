package dev.nexo.pairing.internal;

import dev.nexo.pairing.StorageUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The ways by which operators are notified of new requests. Thread-safe. */
public interface OperatorNotices {

  /** Whether a way is in use. */
  enum State {
    /** Somebody receives notices. */
    ON,
    /** It is not configured. */
    OFF,
    /** It is configured, but nobody receives notices. */
    NO_RECEIVERS,
    /** The receiver answered that it wants no more notices. */
    GONE;

    /** Returns the state in JSON. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A way and its results on all servers.
   *
   * @param name its name, such as {@code webhook}
   * @param state whether it is in use
   * @param succeededAt the last success, empty if there was none
   * @param failedAt the last failure, empty if there was none
   * @param failure why it failed, in one line without secrets; empty if it has not
   */
  record Way(
      String name,
      State state,
      Optional<Instant> succeededAt,
      Optional<Instant> failedAt,
      Optional<String> failure) {

    /** Returns whether the last attempt failed. */
    public boolean isFailing() {
      return failedAt.isPresent()
          && (succeededAt.isEmpty() || failedAt.get().isAfter(succeededAt.get()));
    }
  }

  /** Returns the names of the ways, sorted. */
  List<String> names();

  /**
   * Returns the ways, sorted by name.
   *
   * @throws StorageUnavailableException if the database does not answer
   */
  List<Way> ways();

  /** Returns the quiet hours as configured, with their time zone; empty if there are none. */
  Optional<String> quietHours();

  /**
   * Sends a test message now, within 30 s.
   *
   * @param name the name of a way
   * @return why it was not delivered, in one line without secrets; empty if it was
   * @throws IllegalArgumentException if there is no such way
   */
  Optional<String> test(String name);
}
