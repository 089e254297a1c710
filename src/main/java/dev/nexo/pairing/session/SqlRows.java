package dev.nexo.pairing.session;

import dev.nexo.pairing.database.StatementCache;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs SQL that returns rows: queries, and changes with {@code RETURNING}. */
final class SqlRows {

  private SqlRows() {}

  /** Converts the current row of a result. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /**
   * Returns all rows. They are read to the end, because a change would stop half-way otherwise.
   *
   * @param values strings, numbers or null, in the order of the SQL's parameters
   * @throws SQLException if the database rejects the statement
   */
  static <T> List<T> all(StatementCache statements, String sql, Mapper<T> mapper, Object... values)
      throws SQLException {
    PreparedStatement statement = statements.of(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    List<T> items = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        items.add(mapper.map(rows));
      }
    }
    return items;
  }

  /** Like {@link #all}, but returns the first row, if any. */
  static <T> Optional<T> first(
      StatementCache statements, String sql, Mapper<T> mapper, Object... values)
      throws SQLException {
    return all(statements, sql, mapper, values).stream().findFirst();
  }
}
