package dev.nexo.pairing.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.hibernate.dialect.Dialect;

/** The operations that differ between SQLite and PostgreSQL. Thread-safe. */
interface Engine extends AutoCloseable {

  /** Returns the source of connections that write. */
  DataSource writer();

  /** Returns the source of connections that only read. */
  DataSource readers();

  /** Returns Hibernate's dialect. */
  Class<? extends Dialect> dialect();

  /** Returns the folder of its migrations. */
  String migrations();

  /** Returns the connection whose statements are kept, or null if the driver keeps them itself. */
  Connection keeper(Connection borrowed) throws SQLException;

  /**
   * Begins a transaction. With {@link Turn#ALL}, no other such transaction runs on any server until
   * it ends.
   */
  void begin(Connection connection, StatementCache statements, Turn turn) throws SQLException;

  /** Commits the transaction to disk. */
  void commit(Connection connection, StatementCache statements) throws SQLException;

  /** Rolls the transaction back. */
  void rollBack(Connection connection, StatementCache statements) throws SQLException;

  /**
   * Records that the database is open and migrated.
   *
   * @throws IOException if its files were replaced while it was opened
   */
  void opened() throws IOException;

  /** Returns an SQL expression for the address of the database server; empty for a file. */
  String address();

  /**
   * Returns if the paths of the database lead to the files that are open, or if it has no files.
   *
   * @throws StoreReplacedException if a path leads to another file or to none
   */
  void checkFiles() throws StoreReplacedException;

  /**
   * Returns whether a connection that was borrowed to read has to be checked first, because it may
   * lead to another server than the last one did.
   */
  boolean isCheckDue(Connection borrowed) throws SQLException;

  /** Records that a borrowed connection was checked, and whether it leads to the store. */
  void checked(Connection borrowed, boolean accepted) throws SQLException;

  /**
   * Moves the changes from files beside the database into the open file of the database, so that
   * they are not applied to another file at its path.
   */
  void detach() throws SQLException;

  /**
   * Borrows a connection, and waits until the deadline for it at most.
   *
   * @param source {@link #writer} or {@link #readers}
   * @param deadline on the clock of {@link System#nanoTime}
   * @throws SQLException if none is free in time
   */
  Connection borrow(DataSource source, long deadline) throws SQLException;

  /**
   * Uses a borrowed connection until a deadline. If the database has not answered by then, the
   * connection is closed, however many statements the work consists of. SQLite needs no deadline:
   * its waits for a connection and for the lock are limited.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   * @throws SQLException if the work fails or does not end in time
   */
  <T> T limited(Connection borrowed, long deadline, SqlFunction<Connection, T> work)
      throws SQLException;

  /**
   * Returns the time of the database's own clock; empty if it uses this machine's.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   */
  Optional<Instant> time(long deadline) throws SQLException;

  /**
   * Returns whether others have narrowed access since the last call; true at first.
   *
   * @param deadline on the clock of {@link System#nanoTime}
   */
  boolean narrowedByOthers(long deadline) throws SQLException;

  @Override
  void close();
}
