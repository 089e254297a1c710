package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Nexo's own {@code pairing.db} (contract, section 3), where its rows are to be put into a database
 * that is there already. Who was revoked there, or waits, is counted and not imported.
 */
final class NexoSource implements ImportSource {

  @Override
  public String name() {
    return "nexo";
  }

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    try (DatabaseCopy database = new DatabaseCopy(path, true)) {
      if (!database.hasTable("pairing_allow_from")) {
        throw new CommandException(
            path + " is not Nexo's pairing.db: it has no pairing_allow_from");
      }
      database.each(
          "SELECT channel, account_id, sender_id, approved_at, approved_via, revoked_at"
              + " FROM pairing_allow_from ORDER BY 1, 2, 3",
          row -> {
            if (row.getObject(6) != null) {
              findings.count("revoked");
              return;
            }
            findings.found(
                SourceFiles.name(path),
                row.getString(1),
                row.getString(2),
                text(row.getString(3)),
                "from Nexo" + date(row.getLong(4)) + ", " + row.getString(5));
          });
      if (database.hasTable("pairing_pending")) {
        database.each("SELECT 1 FROM pairing_pending", row -> findings.count("pending"));
      }
    }
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }

  private static String date(long seconds) {
    try {
      return ", approved " + LocalDate.ofInstant(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    } catch (DateTimeException e) {
      return "";
    }
  }
}
