package dev.nexo.pairing.cli.importer;

import dev.nexo.pairing.cli.terminal.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A {@code pairing.db} of Nexo, which this module may have used, too. Revoked senders and pending
 * requests are counted and not imported. The module's own expiries and blocks remain valid.
 */
final class NexoSource implements ImportSource {

  private static final String ALLOW = "pairing_allow_from";
  private static final String BLOCKED = "pairing_blocked";

  @Override
  public void read(Path path, SourceContents findings) throws IOException {
    try (DatabaseCopy database = new DatabaseCopy(path, true)) {
      if (!database.hasTable(ALLOW)) {
        throw new CommandException(
            path + " is not Nexo's pairing.db: it has no table pairing_allow_from");
      }
      database.each(query(database), row -> take(SourceFiles.name(path), row, findings));
      if (database.hasTable("pairing_pending")) {
        database.each("SELECT 1 FROM pairing_pending", row -> findings.count("pending"));
      }
    }
  }

  private static String query(DatabaseCopy database) {
    List<String> columns = new ArrayList<>();
    database.each(
        "SELECT name FROM pragma_table_info('" + ALLOW + "')",
        row -> columns.add(row.getString(1)));
    String isBlocked =
        database.hasTable(BLOCKED)
            ? "(channel, account_id, sender_id) IN"
                + " (SELECT channel, account_id, sender_id FROM "
                + BLOCKED
                + ")"
            : "0";
    return "SELECT channel, account_id, sender_id, approved_at, approved_via, revoked_at, "
        + (columns.contains("expires_at") ? "expires_at" : "NULL")
        + ", "
        + (columns.contains("idle_secs") ? "idle_secs" : "NULL")
        + ", "
        + isBlocked
        + " FROM "
        + ALLOW
        + " ORDER BY 1, 2, 3";
  }

  private static void take(String where, ResultSet row, SourceContents findings)
      throws SQLException {
    String sender = Objects.toString(row.getString(3), "");
    Object end = row.getObject(7);
    if (row.getObject(6) != null) {
      findings.count("revoked");
    } else if (row.getBoolean(9)) {
      findings.refuse(where, sender, "it is denied or blocked in the source");
    } else if (row.getObject(8) != null) {
      findings.refuse(
          where,
          sender,
          "its admission ends after a time without messages; use nexo-pair seed --idle");
    } else if (end != null && !(end instanceof Number)) {
      findings.refuse(where, sender, "its expires_at is not a time");
    } else {
      findings.found(
          where,
          row.getString(1),
          row.getString(2),
          sender,
          "from Nexo" + SourceContents.approvedOn(row.getLong(4)) + ", " + row.getString(5),
          end == null ? null : Instant.ofEpochSecond(row.getLong(7)));
    }
  }
}
