package dev.nexo.pairing.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** Borrows connections with a time limit for each call; the pool itself has one for all calls. */
final class BoundedPool {

  private BoundedPool() {}

  /**
   * Borrows a connection within the pool's own limit and before a deadline. A data source of the
   * server has only its own limit.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   * @param checkMillis how long the pool may take to check an idle connection after its wait
   * @throws SQLException if none is free in time
   */
  static Connection borrow(DataSource source, long deadline, int checkMillis) throws SQLException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) - checkMillis;
    if (left <= 0) {
      throw late();
    }
    if (source instanceof HikariDataSource pooled
        && left < pooled.getConnectionTimeout()
        && pooled.getHikariPoolMXBean() instanceof HikariPool pool) {
      return pool.getConnection(left);
    }
    return source.getConnection();
  }

  /** Returns the failure of work that did not end before its deadline. */
  static SQLException late() {
    return new SQLTimeoutException("The database took too long");
  }
}
