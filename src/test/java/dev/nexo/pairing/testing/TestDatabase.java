package dev.nexo.pairing.testing;

import dev.nexo.pairing.config.StorageSettings;
import java.nio.file.Path;

/** The databases on which {@link OnEveryDatabase} runs a suite. */
public enum TestDatabase {
  SQLITE("SQLite") {
    @Override
    public StorageSettings create(Path file) {
      return StorageSettings.file(file);
    }
  },
  POSTGRESQL("PostgreSQL") {
    @Override
    public StorageSettings create(Path file) {
      return Postgres.newDatabase();
    }
  };

  private final String title;

  TestDatabase(String title) {
    this.title = title;
  }

  /**
   * Creates an empty database: the file on SQLite, a new one of the shared server on PostgreSQL.
   */
  public abstract StorageSettings create(Path file);

  @Override
  public String toString() {
    return title;
  }
}
