package dev.nexo.pairing.store;

import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SenderKey;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A row of allow-from, in the table that Nexo defines. Rows are never deleted: revoking sets a
 * time.
 */
@Entity
@Table(name = "pairing_allow_from")
@IdClass(SenderKey.class)
class AllowEntity {

  static final String NO_LABELS = "[]";

  @Id String channel;

  @Id String accountId;

  @Id String senderId;

  /** When the sender was admitted, in seconds since 1970, as all times of this table. */
  @Column(updatable = false)
  long approvedAt;

  @Column(updatable = false)
  String approvedVia;

  /** Not updatable, like the two above: a statement that writes them is an admission. */
  @Column(updatable = false)
  Long revokedAt;

  Long expiresAt;

  String note;

  String role;

  /** A JSON array of strings. */
  String labels;

  Long idleSecs;

  /** 1 if only messages of admitted senders are admitted in this group. */
  int membersOnly;

  /** Not updatable, because the gate writes it without waiting for other changes. */
  @Column(updatable = false)
  Long lastSeenAt;

  SenderKey key() {
    return new SenderKey(channel, accountId, senderId);
  }

  AllowedSender toAllowed() {
    return new AllowedSender(
        key(),
        Instant.ofEpochSecond(approvedAt),
        approvedVia,
        time(revokedAt),
        time(expiresAt),
        note,
        role(role),
        labels(labels),
        idle(idleSecs),
        time(lastSeenAt),
        membersOnly != 0);
  }

  /** Returns a role of this table; a guest if it is not known, who has the fewest rights. */
  static Role role(String stored) {
    return Role.find(stored).orElse(Role.GUEST);
  }

  static Duration idle(Long seconds) {
    return seconds == null ? null : Duration.ofSeconds(seconds);
  }

  /** Writes labels, which contain no characters that JSON escapes. */
  static String json(List<String> labels) {
    return labels.isEmpty() ? NO_LABELS : "[\"" + String.join("\",\"", labels) + "\"]";
  }

  /** Reads labels; without those that another program wrote and that are not valid. */
  static List<String> labels(String json) {
    return json.equals(NO_LABELS)
        ? List.of()
        : Stream.of(json.split("[\\[\\]\",\\s]+")).filter(AllowTerms::isLabel).distinct().toList();
  }

  static Instant time(Long seconds) {
    return seconds == null ? null : Instant.ofEpochSecond(seconds);
  }
}
