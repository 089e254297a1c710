package dev.nexo.pairing.database;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.BusyHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/**
 * Opens connections to a SQLite file that wait for another process's lock as often as they can.
 * SQLite's own way of waiting looks less and less often, down to ten times a second, and somebody
 * who writes without a pause then always comes first; {@code SharedFileIT} shows it.
 */
final class SqliteDataSource extends SQLiteDataSource {

  private final long patienceNanos;

  /**
   * Connections to this file.
   *
   * @param patienceMillis how long to wait for a lock, milliseconds
   */
  SqliteDataSource(String url, SQLiteConfig config, int patienceMillis) {
    super(config);
    setUrl(url);
    patienceNanos = TimeUnit.MILLISECONDS.toNanos(patienceMillis);
  }

  @Override
  public SQLiteConnection getConnection(String username, String password) throws SQLException {
    SQLiteConnection connection = super.getConnection(username, password);
    BusyHandler.setHandler(connection, new Patience(patienceNanos));
    return connection;
  }

  /** Looks every half millisecond, until patience is at an end. For one connection. */
  private static final class Patience extends BusyHandler {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final long patienceNanos;
    private long since;

    Patience(long patienceNanos) {
      this.patienceNanos = patienceNanos;
    }

    @Override
    protected int callback(int looksBefore) {
      if (looksBefore == 0) {
        since = System.nanoTime();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      return System.nanoTime() - since < patienceNanos ? 1 : 0;
    }
  }
}
