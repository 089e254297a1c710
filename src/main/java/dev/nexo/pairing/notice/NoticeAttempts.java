package dev.nexo.pairing.notice;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingEvent.NoticeAttempted.Result;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.outbox.OutboxEntry;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import dev.nexo.pairing.store.PairingEvents;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs the attempts to send notices, and keeps their results in the database, for all servers. A
 * notice that was not sent within 24 hours is given up. Thread-safe.
 */
@Component
public class NoticeAttempts {

  private static final Logger LOG = System.getLogger(NoticeAttempts.class.getName());

  private static final Duration GIVEN_UP = Duration.ofHours(24);

  private static final String SUCCEEDED =
      "INSERT INTO pairing_notice_way (way, succeeded_at) VALUES (?, ?) ON CONFLICT (way)"
          + " DO UPDATE SET succeeded_at = excluded.succeeded_at, gone = NULL";

  private static final String FAILED =
      "INSERT INTO pairing_notice_way (way, failed_at, failure) VALUES (?, ?, ?) ON CONFLICT (way)"
          + " DO UPDATE SET failed_at = excluded.failed_at, failure = excluded.failure";

  private static final String GONE =
      "INSERT INTO pairing_notice_way (way, gone) VALUES (?, ?) ON CONFLICT (way)"
          + " DO UPDATE SET gone = excluded.gone";

  /**
   * The results of a way.
   *
   * @param succeededAt the last success
   * @param failedAt the last failure
   * @param failure why it failed
   * @param gone the receiver that wants no more notices, as given to {@link #gone}
   */
  record Results(
      String way,
      Optional<Instant> succeededAt,
      Optional<Instant> failedAt,
      Optional<String> failure,
      Optional<String> gone) {}

  private final Database database;
  private final PairingEvents events;
  private final Clock clock;

  @Inject
  NoticeAttempts(Database database, PairingEvents events, Clock clock) {
    this.database = database;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Sends a message of the outbox.
   *
   * @param send sends it once; its {@link DeliveryException} says why it was not sent, in one line
   *     without secrets
   * @throws DeliveryException if it was not sent and is to be sent again; not after 24 hours
   */
  public void run(OutboxEntry entry, Runnable send) {
    try {
      run(entry.kind(), send);
    } catch (DeliveryException e) {
      if (clock.instant().isBefore(entry.createdAt().plus(GIVEN_UP))) {
        throw e;
      }
      LogMessage.NOTICE_GIVEN_UP.log(LOG, entry.id(), entry.kind(), e.getMessage());
      events.fire(new PairingEvent.NoticeAttempted(entry.kind(), Result.GIVEN_UP));
    }
  }

  /**
   * Sends a message once and keeps the result.
   *
   * @param way the name of the way
   * @throws DeliveryException if it was not sent
   */
  void run(String way, Runnable send) {
    try {
      send.run();
    } catch (DeliveryException e) {
      keep(FAILED, way, clock.millis(), e.getMessage());
      events.fire(new PairingEvent.NoticeAttempted(way, Result.FAILED));
      throw e;
    }
    keep(SUCCEEDED, way, clock.millis());
    events.fire(new PairingEvent.NoticeAttempted(way, Result.DELIVERED));
  }

  /** Keeps that a receiver of a way wants no more notices, until the next success. */
  void gone(String way, String receiver) {
    keep(GONE, way, receiver);
  }

  private void keep(String sql, Object... values) {
    try {
      database.mark(tx -> tx.run(sql, values));
    } catch (StorageUnavailableException e) {
      // Only the report to the operator lacks it.
      LOG.log(Level.DEBUG, "The result of a notice was not kept", e);
    }
  }

  /** Returns the results by way. */
  Map<String, Results> results() {
    return database
        .query(
            statements ->
                statements.list(
                    "SELECT way, succeeded_at, failed_at, failure, gone FROM pairing_notice_way",
                    NoticeAttempts::results))
        .stream()
        .collect(Collectors.toMap(Results::way, Function.identity()));
  }

  private static Results results(ResultSet row) throws SQLException {
    return new Results(
        row.getString(1),
        time(row, 2),
        time(row, 3),
        Optional.ofNullable(row.getString(4)),
        Optional.ofNullable(row.getString(5)));
  }

  private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
