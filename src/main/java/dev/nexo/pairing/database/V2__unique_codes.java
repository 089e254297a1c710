package dev.nexo.pairing.database;

import dev.nexo.pairing.platform.PairingCodeGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Gives a new code to the later of two requests that share one, which Nexo's files may contain.
 * Flyway reads version and description from the class name.
 */
final class V2__unique_codes extends BaseJavaMigration {

  private final PairingCodeGenerator codes;

  V2__unique_codes(PairingCodeGenerator codes) {
    this.codes = codes;
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
        if (!PairingCodeGenerator.isCode(rows.getString(4)) || !taken.add(rows.getString(4))) {
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
