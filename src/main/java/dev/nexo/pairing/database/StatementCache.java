package dev.nexo.pairing.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The statements that one connection has prepared and keeps. SQLite's driver keeps none itself, and
 * preparing takes longer than asking: {@code MissBenchmark} shows three times as long. Belongs to
 * whoever has borrowed the connection.
 */
public final class StatementCache implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new HashMap<>();

  /** Keeps statements of this connection, until closed. */
  StatementCache(Connection connection) {
    this.connection = connection;
  }

  /**
   * The statement, to be filled in anew. Its result has to be closed; it itself must not be.
   *
   * @throws SQLException where it cannot be prepared
   */
  public PreparedStatement of(String sql) throws SQLException {
    PreparedStatement statement = kept.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      kept.put(sql, statement);
    }
    return statement;
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement : kept.values()) {
      statement.close();
    }
    kept.clear();
  }
}
