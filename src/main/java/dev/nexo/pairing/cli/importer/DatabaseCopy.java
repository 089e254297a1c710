package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;

/**
 * Reads another system's SQLite database from a private copy, because opening a database in WAL
 * mode writes files beside it and takes locks. SQLite rolls an unfinished transaction back in the
 * copy. For one thread.
 */
final class DatabaseCopy implements AutoCloseable {

  /** The longest string in a row, in bytes. */
  private static final String MAX_TEXT = "1000000";

  private final Path original;
  private final Path directory;
  private final Connection connection;

  /**
   * Copies and opens a database.
   *
   * @param named whether the path is from the command line, so that it may be a link
   * @throws CommandException if it is not a database, or another process keeps writing to it
   */
  DatabaseCopy(Path original, boolean named) throws IOException {
    this.original = original;
    directory = Files.createTempDirectory("nexo-import");
    try {
      Path copy = directory.resolve("copy.db");
      new DatabaseFiles(original, named).copyTo(copy);
      connection = open(copy);
    } catch (IOException | RuntimeException e) {
      remove();
      throw e;
    }
  }

  private Connection open(Path copy) {
    SQLiteConfig config = new SQLiteConfig();
    config.setPragma(Pragma.LIMIT_LENGTH, MAX_TEXT);
    config.enableLoadExtension(false);
    Connection opened = null;
    try {
      opened = config.createConnection("jdbc:sqlite:" + copy);
      try (var statement = opened.createStatement();
          var answer = statement.executeQuery("PRAGMA quick_check(1)")) {
        if (!answer.next() || !answer.getString(1).equals("ok")) {
          throw new SQLException("damaged");
        }
      }
      return opened;
    } catch (SQLException e) {
      quietly(opened);
      throw new CommandException(
          original
              + " cannot be read as a database; stop the system that writes to it and try again",
          e);
    }
  }

  private static void quietly(Connection opened) {
    try {
      if (opened != null) {
        opened.close();
      }
    } catch (SQLException e) {
      // Ignored: the copy is deleted anyway.
    }
  }

  /** Returns whether the database has a table; ignores views, which could compute without end. */
  boolean hasTable(String name) {
    List<String> tables = new ArrayList<>();
    each(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'",
        row -> tables.add(row.getString(1)));
    return tables.contains(name);
  }

  /** Receives rows. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  /**
   * Passes all rows of a query to the reader.
   *
   * @throws CommandException if a table or column is missing
   */
  void each(String sql, RowReader reader) {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new CommandException(
          original + " does not have the expected tables: " + e.getMessage(), e);
    }
  }

  private void remove() throws IOException {
    try (var files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  @Override
  public void close() throws IOException {
    quietly(connection);
    remove();
  }
}
