package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.PairingSession;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * A companion that is signed in, or was until its time ran out. Times are milliseconds since 1970.
 * The hash of its token is left out: it is looked up by that, and nobody has to read it.
 */
@Entity
@Table(name = "pairing_session")
class SessionEntity {

  /** What {@link #of} reads, in its order. */
  static final String COLUMNS =
      "session_id, profile, device_label, device_key, issued_at, expires_at, last_seen_at";

  @Id
  @Column(name = "session_id")
  String sessionId;

  String profile;

  @Column(name = "device_label")
  String deviceLabel;

  /** The 32 bytes in base64url, or null where the session is bound to no key. */
  @Column(name = "device_key")
  String deviceKey;

  @Column(name = "issued_at")
  long issuedAt;

  @Column(name = "expires_at")
  long expiresAt;

  @Column(name = "last_seen_at")
  Long lastSeenAt;

  static SessionEntity of(ResultSet columns) throws SQLException {
    SessionEntity row = new SessionEntity();
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
