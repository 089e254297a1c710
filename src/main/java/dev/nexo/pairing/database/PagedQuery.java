package dev.nexo.pairing.database;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.StatelessSession;
import org.hibernate.query.NativeQuery;

/**
 * Puts a paged query together. Conditions are joined by AND, values are always parameters, and row
 * values such as {@code (a, b) > (:a, :b)} let the index answer a page however deep it lies, unless
 * a filter on its first columns stands beside them.
 */
public final class PagedQuery {

  private final StringBuilder sql;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private String glue = " WHERE ";

  /** Lists rows of this table. */
  public PagedQuery(String table) {
    sql = new StringBuilder("SELECT * FROM ").append(table);
  }

  /** Only rows for which this holds. */
  public PagedQuery where(String condition) {
    sql.append(glue).append(condition);
    glue = " AND ";
    return this;
  }

  /** The value of a parameter in a condition. */
  public PagedQuery with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  public PagedQuery of(AccountFilter accounts) {
    if (accounts.channel() != null) {
      where("channel = :channel").with("channel", accounts.channel());
    }
    if (accounts.accountId() != null) {
      where("account_id = :account").with("account", accounts.accountId());
    }
    return this;
  }

  /** Reads a page; one row more than asked for tells whether there is another. */
  public <R, T> Page<T> page(
      StatelessSession session,
      Class<R> row,
      String order,
      PageRequest page,
      Function<R, T> item,
      Function<R, String> cursor) {
    return page(rows(session, row, order, page.limit() + 1), page, item, cursor);
  }

  /** Reads the first rows, so many at most. */
  public <R> List<R> rows(StatelessSession session, Class<R> row, String order, int max) {
    NativeQuery<R> query = session.createNativeQuery(sql + " ORDER BY " + order, row);
    values.forEach(query::setParameter);
    return query.setMaxResults(max).getResultList();
  }

  /** Makes a page of rows, one more of which than asked for tells that there is another. */
  public static <R, T> Page<T> page(
      List<R> rows, PageRequest page, Function<R, T> item, Function<R, String> cursor) {
    int shown = Math.min(rows.size(), page.limit());
    List<T> items = new ArrayList<>(shown);
    for (R each : rows.subList(0, shown)) {
      items.add(item.apply(each));
    }
    String next = rows.size() > shown ? cursor.apply(rows.get(shown - 1)) : null;
    return new Page<>(items, next);
  }
}
