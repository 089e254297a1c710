package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.StatelessSession;

/** A setup code that an operator handed out; times are milliseconds since 1970. */
@Entity
@Table(name = "pairing_setup_code")
class SetupCodeEntity {

  @Id
  @Column(name = "setup_id")
  String setupId;

  /** What its bootstrap token is spent by. */
  @Column(name = "nonce_sha256")
  String nonceSha256;

  String profile;

  @Column(name = "device_label")
  String deviceLabel;

  @Column(name = "issued_at")
  long issuedAt;

  @Column(name = "expires_at")
  long expiresAt;

  /** 1 once it has been told that it ran out, or found that there is nothing to tell. */
  int expired;

  Instant expiry() {
    return Instant.ofEpochMilli(expiresAt);
  }

  /** What the audit trail calls it. */
  String label() {
    return deviceLabel == null || deviceLabel.isBlank() ? setupId : deviceLabel;
  }

  /** How it stands: what became of its nonce says more than the clock. */
  SetupCodeStatus status(StatelessSession session, Instant now) {
    SpentNonceEntity spent = (SpentNonceEntity) session.get(SpentNonceEntity.class, nonceSha256);
    if (spent != null) {
      return spent.sessionId == null
          ? status(SetupCodeState.CANCELLED, null)
          : status(SetupCodeState.REDEEMED, spent.sessionId);
    }
    return status(now.isBefore(expiry()) ? SetupCodeState.ISSUED : SetupCodeState.EXPIRED, null);
  }

  SetupCodeStatus status(SetupCodeState state, String sessionId) {
    return new SetupCodeStatus(setupId, state, deviceLabel, expiry(), sessionId);
  }
}
