package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** Nexo's {@code pairing.db}. Revoked senders and pending requests are counted and not imported. */
final class NexoSource implements ImportSource {

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    try (DatabaseCopy database = new DatabaseCopy(path, true)) {
      if (!database.hasTable("pairing_allow_from")) {
        throw new CommandException(
            path + " is not Nexo's pairing.db: it has no table pairing_allow_from");
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
                Objects.toString(row.getString(3), ""),
                "from Nexo" + SourceContents.approvedOn(row.getLong(4)) + ", " + row.getString(5));
          });
      if (database.hasTable("pairing_pending")) {
        database.each("SELECT 1 FROM pairing_pending", row -> findings.count("pending"));
      }
    }
  }
}
