package dev.nexo.pairing.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Recognizes the store that this server has opened, and remembers the newest state that it has
 * seen. Thread-safe.
 *
 * <p>The store has a random id and counts the committed changes. A state is refused if its id
 * differs or if it has fewer changes than this server has seen: it was restored, or a standby took
 * over before it had received everything.
 *
 * <p>A server that starts accepts the store as it is and records itself and the count. Example:
 * this server has seen change 60. The store is restored at change 50, and another server starts and
 * makes 20 changes. The count is then 70, but it was 50 when the other server started, so the state
 * is still refused.
 */
final class StoreIdentity {

  private static final String COLUMNS = "store_id, changes, opening, opened_at, ";

  /** SQLSTATE: the table, or its schema, does not exist. */
  private static final String NO_TABLE = "42P01";

  private static final String NO_TABLE_IN_SQLITE = "no such table";

  /**
   * A state of the store.
   *
   * @param storeId the random id of the store
   * @param changes how many changes were committed
   * @param opening the id of the server that opened the store last
   * @param openedAt the number of changes when it did so
   * @param address where the database server is; empty for a file
   */
  record State(String storeId, long changes, String opening, long openedAt, String address) {}

  private final String select;
  private final String count;
  private final String open;

  private volatile State seen;
  private final AtomicReference<StoreReplacedException> refusal = new AtomicReference<>();

  /**
   * Creates an identity that knows no store yet.
   *
   * @param address an SQL expression for the address of the database server
   */
  StoreIdentity(String address) {
    String returned = COLUMNS + address;
    select = "SELECT " + returned + " FROM pairing_store WHERE id = 1";
    count = "UPDATE pairing_store SET changes = changes + 1 WHERE id = 1 RETURNING " + returned;
    open =
        "UPDATE pairing_store SET changes = changes + 1, opening = ?, opened_at = changes + 1"
            + " WHERE id = 1 RETURNING "
            + returned;
  }

  /**
   * Accepts the store as it is, and records that a server has opened it.
   *
   * @param opening a random id
   * @throws SQLException if the store cannot be changed
   */
  State open(StatementCache statements, String opening) throws SQLException {
    return first(statements, open, opening);
  }

  /**
   * Counts a change, in its transaction.
   *
   * @throws StoreReplacedException if this is not the store, or an older state of it
   */
  State count(StatementCache statements) throws SQLException {
    return checked(statements, count, 1);
  }

  /**
   * Reads the state.
   *
   * @throws StoreReplacedException if this is not the store, or an older state of it
   */
  State read(StatementCache statements) throws SQLException {
    return checked(statements, select, 0);
  }

  /**
   * Runs a statement and checks the state that it returns.
   *
   * @param added how many changes the statement has counted
   */
  private State checked(StatementCache statements, String sql, int added) throws SQLException {
    // Before the statement: other threads commit changes while it runs.
    State before = seen;
    State now = first(statements, sql);
    if (!now.storeId().equals(before.storeId())) {
      throw new StoreReplacedException(
          "it was replaced by another database",
          "it was replaced by another database"
              + at(now, " at ")
              + at(before, "; before, it was at "));
    }
    boolean branched =
        !now.opening().equals(before.opening()) && now.openedAt() <= before.changes();
    long found = branched ? now.openedAt() - 1 : now.changes() - added;
    if (found < before.changes()) {
      throw new StoreReplacedException(
          "it lacks changes that this server has seen",
          "it lacks changes that this server has seen. It has "
              + found
              + " of the "
              + before.changes()
              + " changes"
              + at(now, ", at ")
              + at(before, "; this server has seen all of them at "));
    }
    return now;
  }

  private static String at(State state, String words) {
    return state.address().isEmpty() ? "" : words + state.address();
  }

  private static State first(StatementCache statements, String sql, Object... values)
      throws SQLException {
    Optional<State> state;
    try {
      state = statements.first(sql, StoreIdentity::state, values);
    } catch (SQLException e) {
      if (NO_TABLE.equals(e.getSQLState())
          || String.valueOf(e.getMessage()).contains(NO_TABLE_IN_SQLITE)) {
        throw empty();
      }
      throw e;
    }
    return state.orElseThrow(StoreIdentity::empty);
  }

  private static StoreReplacedException empty() {
    String words = "it was replaced by a database without the tables of this release";
    return new StoreReplacedException(words, words);
  }

  private static State state(ResultSet row) throws SQLException {
    String address = row.getString(5);
    return new State(
        row.getString(1),
        row.getLong(2),
        row.getString(3),
        row.getLong(4),
        address == null ? "" : address);
  }

  /** Remembers a state that was read, or committed. */
  synchronized void saw(State state) {
    if (seen == null || state.changes() >= seen.changes()) {
      seen = state;
    }
  }

  /** Refuses the store until {@link #accept}. */
  void refuse(StoreReplacedException reason) {
    refusal.set(reason);
  }

  /** Returns why the store is refused, or null if it is not. */
  StoreReplacedException refusal() {
    return refusal.get();
  }

  /**
   * Ends a refusal after a check.
   *
   * @param before the refusal before the check began; a later one stays
   */
  void accept(StoreReplacedException before) {
    refusal.compareAndSet(before, null);
  }

  /**
   * Returns if the store is not refused.
   *
   * @throws StoreReplacedException if it is
   */
  void ensureAccepted() throws StoreReplacedException {
    StoreReplacedException reason = refusal.get();
    if (reason != null) {
      throw new StoreReplacedException(reason.summary(), reason.getMessage());
    }
  }
}
