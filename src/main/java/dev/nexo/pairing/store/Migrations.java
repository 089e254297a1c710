package dev.nexo.pairing.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Brings a database up to date: an empty one, one of ours, or one that Nexo made. */
final class Migrations {

  /** The version the code needs; a test holds it to the files. */
  static final String NEWEST = "3";

  private Migrations() {}

  /**
   * Applies what is missing.
   *
   * @throws IllegalStateException where the database is not at {@link #NEWEST} afterwards: without
   *     this a class loader that hides the files would leave the tables out and say nothing
   */
  static void apply(DataSource database, CodeSource codes) {
    FluentConfiguration configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(database)
            .locations("classpath:dev/nexo/pairing/store/sqlite")
            .table("pairing_schema_history")
            .javaMigrations(new UniqueCodes(codes))
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

  /** Gives a new code to the later one of two rows that share one, as Nexo's files may have it. */
  private static final class UniqueCodes extends BaseJavaMigration {

    private final CodeSource codes;

    UniqueCodes(CodeSource codes) {
      this.codes = codes;
    }

    @Override
    public MigrationVersion getVersion() {
      return MigrationVersion.fromVersion("2");
    }

    @Override
    public String getDescription() {
      return "unique codes";
    }

    @Override
    public void migrate(Context context) throws SQLException {
      Connection connection = context.getConnection();
      Set<String> taken = new HashSet<>();
      List<String[]> later = new ArrayList<>();
      try (PreparedStatement all =
              connection.prepareStatement(
                  "SELECT channel, account_id, sender_id, code FROM pairing_pending"
                      + " ORDER BY created_at, channel, account_id, sender_id");
          ResultSet rows = all.executeQuery()) {
        while (rows.next()) {
          if (!CodeSource.isCode(rows.getString(4)) || !taken.add(rows.getString(4))) {
            later.add(new String[] {rows.getString(1), rows.getString(2), rows.getString(3)});
          }
        }
      }
      try (PreparedStatement recode =
          connection.prepareStatement(
              "UPDATE pairing_pending SET code = ?"
                  + " WHERE channel = ? AND account_id = ? AND sender_id = ?")) {
        for (String[] key : later) {
          recode.setString(1, codes.nextOutside(taken));
          recode.setString(2, key[0]);
          recode.setString(3, key[1]);
          recode.setString(4, key[2]);
          recode.addBatch();
        }
        recode.executeBatch();
      }
    }
  }
}
