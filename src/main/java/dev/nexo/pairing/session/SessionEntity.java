package dev.nexo.pairing.session;

import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.database.EntityClasses;
import dev.nexo.pairing.platform.Component;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * A row of {@code pairing_session}: the session of a companion, live or expired. Times are in
 * milliseconds since 1970. The hash of the token is left out, because it is only searched for.
 */
@Entity
@Table(name = "pairing_session")
class SessionEntity {

  /** The columns that {@link #of} reads, in this order. */
  static final String COLUMNS =
      "session_id, profile, device_label, device_key, issued_at, expires_at, last_seen_at";

  @Id
  @Column(name = "session_id")
  String sessionId;

  String profile;

  @Column(name = "device_label")
  String deviceLabel;

  /** The 32 bytes of the device key in base64url, or null if the session is bound to no key. */
  @Column(name = "device_key")
  String deviceKey;

  @Column(name = "issued_at")
  long issuedAt;

  @Column(name = "expires_at")
  long expiresAt;

  @Column(name = "last_seen_at")
  Long lastSeenAt;

  /** Reads a session from the current row of a result with {@link #COLUMNS}. */
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

  /** Registers the entity with the database. */
  @Component
  static class Registration implements EntityClasses {

    @Override
    public List<Class<?>> classes() {
      return List.of(SessionEntity.class);
    }
  }
}
