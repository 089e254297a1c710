package dev.nexo.pairing.database;

import dev.nexo.pairing.platform.PairingCodeGenerator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Migrates a database to the newest version: an empty one, one of this module, or one that Nexo
 * created.
 */
public final class Migrations {

  /** The version that the code requires; a test compares it with the migration files. */
  public static final String NEWEST = "13";

  private static final String LOCATION = "classpath:dev/nexo/pairing/store/";

  private Migrations() {}

  /**
   * Applies the missing migrations.
   *
   * @throws IllegalStateException if the database is not at {@link #NEWEST} afterwards, for
   *     instance because a class loader hides the files
   */
  static void apply(Engine engine, PairingCodeGenerator codes) {
    String location = LOCATION + engine.migrations();
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(engine.writer())
            .locations(location)
            .table("pairing_schema_history")
            .javaMigrations(new V2__unique_codes(codes))
            // A file that Nexo created has tables but no history, so all migrations run on it.
            .baselineOnMigrate(true)
            .baselineVersion("0");
    Flyway flyway = configuration.load();
    flyway.migrate();
    var current = flyway.info().current();
    if (current == null || !NEWEST.equals(String.valueOf(current.getVersion()))) {
      throw new IllegalStateException(
          "The database is at version "
              + (current == null ? "none" : current.getVersion())
              + " instead of "
              + NEWEST
              + ". It was made by a newer release, or the application was packaged without its"
              + " migrations");
    }
  }
}
