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

/** A pending request, live or expired, in the table that Nexo defines. */
@Entity
@Table(name = "pairing_pending")
@IdClass(SenderKey.class)
public class PendingEntity {

  /** The lifetime of a request. */
  public static final Duration LIFETIME = Duration.ofMinutes(60);

  @Id String channel;

  @Id String accountId;

  @Id String senderId;

  String code;

  /** When the sender first wrote, in seconds since 1970. */
  long createdAt;

  String metaJson;

  String requestId;

  /** Given by the database. */
  @Column(insertable = false, updatable = false)
  Long number;

  String firstText;

  /** 1 if the sender is answered under the account's name, 0 if without an account. */
  int accountNamed = 1;

  /** 1 if nothing is sent to the sender before the operator decides. */
  int silent;

  SenderKey key() {
    return new SenderKey(channel, accountId, senderId);
  }

  /** Returns the creation time, in seconds since 1970, at or before which requests are expired. */
  public static long newestExpired(Instant now) {
    return now.minus(LIFETIME).getEpochSecond();
  }

  boolean liveAt(Instant now) {
    return createdAt > newestExpired(now);
  }

  PendingRequest toRequest() {
    return request(requestId, number, key(), code, createdAt, firstText, metaJson);
  }

  static PendingRequest request(
      String requestId,
      long number,
      SenderKey sender,
      String code,
      long createdAt,
      String text,
      String meta) {
    Instant created = Instant.ofEpochSecond(createdAt);
    return new PendingRequest(
        requestId,
        number,
        sender,
        new PairingCode(code),
        created,
        created.plus(LIFETIME),
        text,
        meta);
  }
}
