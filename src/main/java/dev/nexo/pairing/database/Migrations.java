package dev.nexo.pairing.database;

import dev.nexo.pairing.platform.PairingCodeGenerator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings a database up to date: an empty one, one of ours, or one that Nexo made. */
public final class Migrations {

  /** The version the code needs; a test holds it to the files. */
  public static final String NEWEST = "8";

  private static final String LOCATION = "classpath:dev/nexo/pairing/store/";

  private Migrations() {}

  /**
   * Applies what is missing.
   *
   * @throws IllegalStateException where the database is not at {@link #NEWEST} afterwards: without
   *     this a class loader that hides the files would leave the tables out and say nothing
   */
  static void apply(Engine engine, PairingCodeGenerator codes) {
    String location = LOCATION + engine.migrations();
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(engine.writer())
            .locations(location)
            .table("pairing_schema_history")
            .javaMigrations(new V2__unique_codes(codes))
            // A file of Nexo's has tables and no history; it is taken over from the first step on.
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
