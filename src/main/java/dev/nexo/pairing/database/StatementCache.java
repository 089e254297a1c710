package dev.nexo.pairing.database;

import dev.nexo.pairing.SenderKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs SQL on one connection and keeps the prepared statements. SQLite's driver keeps none, and
 * preparing takes three times as long as running ({@code MissBenchmark}). Only for the thread that
 * has borrowed the connection.
 *
 * <p>Values are strings, numbers or null, in the order of the question marks. A {@link SenderKey}
 * is three values: channel, account and sender. Every method throws {@link SQLException} if the
 * database refuses the statement.
 */
public final class StatementCache implements AutoCloseable {

  private final Connection connection;
  private final Map<String, PreparedStatement> kept = new HashMap<>();

  StatementCache(Connection connection) {
    this.connection = connection;
  }

  /** Returns all rows of a query, or of a change with {@code RETURNING}. */
  public <T> List<T> list(String sql, SqlFunction<ResultSet, T> row, Object... values)
      throws SQLException {
    List<T> items = new ArrayList<>();
    // Read all rows: SQLite stops a change with RETURNING if its result is closed early.
    try (ResultSet rows = bind(sql, values).executeQuery()) {
      while (rows.next()) {
        items.add(row.apply(rows));
      }
    }
    return items;
  }

  /**
   * Returns the first row of a query, or of a change with {@code RETURNING}; empty if there is no
   * row or it maps to null.
   */
  public <T> Optional<T> first(String sql, SqlFunction<ResultSet, T> row, Object... values)
      throws SQLException {
    List<T> rows = list(sql, row, values);
    return rows.isEmpty() ? Optional.empty() : Optional.ofNullable(rows.get(0));
  }

  /** Runs a change and returns how many rows it changed. */
  public int run(String sql, Object... values) throws SQLException {
    return bind(sql, values).executeUpdate();
  }

  /**
   * Returns the prepared statement for this SQL with these values, for a batch. The caller closes
   * results, but not the statement.
   */
  public PreparedStatement bind(String sql, Object... values) throws SQLException {
    PreparedStatement statement = of(sql);
    int index = 1;
    for (Object value : values) {
      if (value instanceof SenderKey sender) {
        statement.setString(index++, sender.channel());
        statement.setString(index++, sender.accountId());
        statement.setString(index++, sender.senderId());
      } else {
        statement.setObject(index++, value);
      }
    }
    return statement;
  }

  /**
   * Returns the prepared statement for this SQL. The caller closes results, but not the statement.
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
