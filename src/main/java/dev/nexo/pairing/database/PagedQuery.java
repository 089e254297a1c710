package dev.nexo.pairing.database;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;

/**
 * Builds the query of one page of a list. Conditions are joined by AND, and values are always
 * parameters. Row values such as {@code (a, b) > (?, ?)} let an index find any page quickly, unless
 * another condition fixes the first of these columns.
 */
public final class PagedQuery {

  private final StringBuilder sql;
  private final List<Object> values = new ArrayList<>();
  private String glue = " WHERE ";

  /** Selects all columns of a table. */
  public PagedQuery(String table) {
    this("*", table);
  }

  /** Selects columns of a table, separated by commas. */
  public PagedQuery(String columns, String table) {
    sql = new StringBuilder("SELECT ").append(columns).append(" FROM ").append(table);
  }

  /** Adds a condition, with a value for each of its question marks. */
  public PagedQuery where(String condition, Object... conditionValues) {
    sql.append(glue).append(condition);
    glue = " AND ";
    values.addAll(List.of(conditionValues));
    return this;
  }

  /** Adds the conditions of an account filter. */
  public PagedQuery of(AccountFilter accounts) {
    if (accounts.channel() != null) {
      where("channel = ?", accounts.channel());
    }
    if (accounts.accountId() != null) {
      where("account_id = ?", accounts.accountId());
    }
    return this;
  }

  /** Returns the first rows of an entity table in the given order. */
  public <R> List<R> entities(StatelessSession session, Class<R> entity, String order, int limit) {
    NativeQuery<R> query = session.createNativeQuery(sql + " ORDER BY " + order, entity);
    for (int i = 0; i < values.size(); i++) {
      query.setParameter(i + 1, values.get(i));
    }
    return query.setMaxResults(limit).getResultList();
  }

  /**
   * Returns the first rows of any table in the given order.
   *
   * @throws SQLException if the database refuses the query
   */
  public <R> List<R> rows(
      StatementCache statements, SqlFunction<ResultSet, R> row, String order, int limit)
      throws SQLException {
    List<Object> all = new ArrayList<>(values);
    all.add(limit);
    return statements.list(sql + " ORDER BY " + order + " LIMIT ?", row, all.toArray());
  }

  /**
   * Returns a page of the first items, at most the page's limit. If there are more items than the
   * limit, another page follows.
   *
   * @param cursor the cursor that continues after an item
   */
  public static <T> Page<T> page(List<T> items, PageRequest page, Function<T, String> cursor) {
    if (items.size() <= page.limit()) {
      return new Page<>(items, null);
    }
    List<T> shown = items.subList(0, page.limit());
    return new Page<>(shown, cursor.apply(shown.get(shown.size() - 1)));
  }
}
