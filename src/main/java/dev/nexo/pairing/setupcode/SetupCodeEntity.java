package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.companion.SetupCodeState;
import dev.nexo.pairing.companion.SetupCodeStatus;
import dev.nexo.pairing.database.EntityClasses;
import dev.nexo.pairing.platform.Component;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;

/** A setup code that was issued. Times are in milliseconds since 1970. */
@Entity
@Table(name = "pairing_setup_code")
class SetupCodeEntity {

  @Id
  @Column(name = "setup_id")
  String setupId;

  /** The SHA-256 of the nonce of its bootstrap token. */
  @Column(name = "nonce_sha256")
  String nonceSha256;

  String profile;

  @Column(name = "device_label")
  String deviceLabel;

  @Column(name = "issued_at")
  long issuedAt;

  @Column(name = "expires_at")
  long expiresAt;

  /**
   * 1 if the expiry was processed: reported, or not reported because the code was spent; otherwise
   * 0.
   */
  int expired;

  Instant expiry() {
    return Instant.ofEpochMilli(expiresAt);
  }

  /** Returns the name of the setup code in the audit trail. */
  String label() {
    return deviceLabel == null || deviceLabel.isBlank() ? setupId : deviceLabel;
  }

  /** Returns the status of the setup code. A spent code never expires. */
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

  /** Registers the entities of this package with the database. */
  @Component
  static class Registration implements EntityClasses {

    @Override
    public List<Class<?>> classes() {
      return List.of(SetupCodeEntity.class, SpentNonceEntity.class);
    }
  }
}
