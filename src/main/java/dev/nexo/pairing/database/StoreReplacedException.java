package dev.nexo.pairing.database;

import java.sql.SQLException;

/**
 * The database is not the one that this server has opened, or lacks changes that this server has
 * seen.
 */
final class StoreReplacedException extends SQLException {

  private static final long serialVersionUID = 1L;

  private final String summary;

  /**
   * Creates an exception.
   *
   * @param summary what is wrong, without paths and addresses, for example {@code the file was
   *     replaced}
   * @param detail what is wrong, for the log
   */
  StoreReplacedException(String summary, String detail) {
    super(detail);
    this.summary = summary;
  }

  /** Returns what is wrong, without paths and addresses. */
  String summary() {
    return summary;
  }
}
