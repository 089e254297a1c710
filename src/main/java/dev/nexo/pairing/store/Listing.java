package dev.nexo.pairing.store;

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
 * values such as {@code (a, b) > (:a, :b)} let the index answer a page however deep it lies.
 */
public final class Listing {

  private final StringBuilder sql;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private String glue = " WHERE ";

  /** Lists rows of this table. */
  public Listing(String table) {
    sql = new StringBuilder("SELECT * FROM ").append(table);
  }

  /** Only rows for which this holds. */
  public Listing where(String condition) {
    sql.append(glue).append(condition);
    glue = " AND ";
    return this;
  }

  /** The value of a parameter in a condition. */
  public Listing with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Listing of(AccountFilter accounts) {
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
    NativeQuery<R> query = session.createNativeQuery(sql + " ORDER BY " + order, row);
    values.forEach(query::setParameter);
    List<R> rows = query.setMaxResults(page.limit() + 1).getResultList();
    List<T> items = new ArrayList<>(Math.min(rows.size(), page.limit()));
    for (R each : rows.subList(0, Math.min(rows.size(), page.limit()))) {
      items.add(item.apply(each));
    }
    String next = rows.size() > page.limit() ? cursor.apply(rows.get(page.limit() - 1)) : null;
    return new Page<>(items, next);
  }
}
