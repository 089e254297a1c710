package dev.nexo.pairing.database;

import dev.nexo.pairing.platform.PairingCodeGenerator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Migrates a database to the newest version: an empty one, one of this module, or one that Nexo
 * created.
 */
public final class Migrations {

  /** The version that the code requires; a test compares it with the migration files. */
  public static final String NEWEST = "28";

  private static final String LOCATION = "classpath:dev/nexo/pairing/store/";

  private Migrations() {}

  /** The database was migrated by a newer release, whose tables this one does not know. */
  static final class NewerDatabaseException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    NewerDatabaseException(MigrationVersion found) {
      super(
          "The database has version "
              + found
              + ", made by a newer release. This release supports versions up to "
              + NEWEST);
    }
  }

  /**
   * Applies the missing migrations.
   *
   * @throws NewerDatabaseException if the database is newer than {@link #NEWEST}; nothing is
   *     changed
   * @throws IllegalStateException if the database is not at {@link #NEWEST} afterwards, for
   *     instance because a class loader hides the files
   */
  static void apply(Engine engine, PairingCodeGenerator codes) {
    String location = LOCATION + engine.migrations();
    FluentConfiguration configuration =
        Flyway.configure(new DecodedUrls(Migrations.class.getClassLoader()))
            .dataSource(engine.writer())
            .locations(location)
            .table("pairing_schema_history")
            .javaMigrations(new V2__unique_codes(codes))
            // A file that Nexo created has tables but no history, so all migrations run on it.
            .baselineOnMigrate(true)
            .baselineVersion("0");
    Flyway flyway = configuration.load();
    var before = flyway.info().current();
    // Flyway itself only warns.
    if (before != null
        && before.getVersion() != null
        && before.getVersion().isNewerThan(MigrationVersion.fromVersion(NEWEST))) {
      throw new NewerDatabaseException(before.getVersion());
    }
    flyway.migrate();
    var current = flyway.info().current();
    if (current == null || !NEWEST.equals(String.valueOf(current.getVersion()))) {
      throw new IllegalStateException(
          "The database is at version "
              + (current == null ? "none" : current.getVersion())
              + " instead of "
              + NEWEST
              + ". The application was packaged without its migrations");
    }
  }
}
