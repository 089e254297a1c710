package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.PairingSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A row of {@code pairing_session}: the session of a companion, live or expired. Times are in
 * milliseconds since 1970. The hash of the token is left out, because it is only searched for.
 */
final class SessionRow {

  /** The columns that {@link #of} reads, in this order. */
  static final String COLUMNS =
      "session_id, profile, device_label, device_key, issued_at, expires_at, last_seen_at";

  String sessionId;

  String profile;

  String deviceLabel;

  /** The 32 bytes of the device key in base64url, or null if the session is bound to no key. */
  String deviceKey;

  long issuedAt;

  long expiresAt;

  Long lastSeenAt;

  /** Reads a session from the current row of a result with {@link #COLUMNS}. */
  static SessionRow of(ResultSet columns) throws SQLException {
    SessionRow row = new SessionRow();
    row.sessionId = columns.getString(1);
    row.profile = columns.getString(2);
    row.deviceLabel = columns.getString(3);
    row.deviceKey = columns.getString(4);
    row.issuedAt = columns.getLong(5);
    row.expiresAt = columns.getLong(6);
    long lastSeen = columns.getLong(7);
    row.lastSeenAt = columns.wasNull() ? null : lastSeen;
    return row;
  }

  /** Returns the session for the API. */
  PairingSession toSession() {
    return new PairingSession(
        sessionId,
        profile,
        deviceLabel,
        Instant.ofEpochMilli(issuedAt),
        Instant.ofEpochMilli(expiresAt),
        lastSeenAt == null ? null : Instant.ofEpochMilli(lastSeenAt),
        deviceKey != null);
  }
}
