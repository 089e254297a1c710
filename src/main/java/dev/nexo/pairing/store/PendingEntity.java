package dev.nexo.pairing.store;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;

/** A pending request, in Nexo's own table. */
@Entity
@Table(name = "pairing_pending")
@IdClass(SenderKey.class)
public class PendingEntity {

  /** How long a request lives. */
  static final Duration LIFETIME = Duration.ofMinutes(60);

  @Id String channel;

  @Id
  @Column(name = "account_id")
  String accountId;

  @Id
  @Column(name = "sender_id")
  String senderId;

  public String code;

  /** Seconds since 1970. */
  @Column(name = "created_at")
  long createdAt;

  @Column(name = "meta_json")
  String metaJson;

  @Column(name = "request_id")
  public String requestId;

  @Column(name = "first_text")
  String firstText;

  SenderKey key() {
    return new SenderKey(channel, accountId, senderId);
  }

  /** What was made at or before this second, seconds since 1970, has run out. */
  static long newestExpired(Instant now) {
    return now.minus(LIFETIME).getEpochSecond();
  }

  public boolean liveAt(Instant now) {
    return createdAt > newestExpired(now);
  }

  PendingRequest toRequest() {
    Instant created = Instant.ofEpochSecond(createdAt);
    return new PendingRequest(
        requestId,
        key(),
        new PairingCode(code),
        created,
        created.plus(LIFETIME),
        firstText,
        metaJson);
  }
}
