package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Moves what the operator has decided about a group to another id of the group. */
final class GroupStatements {

  private static final String COPY_APPROVAL =
      "INSERT INTO pairing_allow_from"
          + " (channel, account_id, sender_id, approved_at, approved_via, expires_at, note,"
          + " role, labels, idle_secs, members_only, last_seen_at)"
          + " SELECT channel, account_id, ?, approved_at, approved_via, expires_at, note,"
          + " role, labels, idle_secs, members_only, last_seen_at FROM pairing_allow_from"
          + " WHERE channel = ? AND account_id = ? AND sender_id = ? AND revoked_at IS NULL"
          + " ON CONFLICT (channel, account_id, sender_id) DO NOTHING";

  private static final String COPY_REFUSAL =
      "INSERT INTO pairing_blocked"
          + " (channel, account_id, sender_id, blocked_at, denied_until, reason)"
          + " SELECT channel, account_id, ?, blocked_at, denied_until, reason FROM pairing_blocked"
          + " WHERE channel = ? AND account_id = ? AND sender_id = ?"
          + " ON CONFLICT (channel, account_id, sender_id) DO NOTHING";

  private static final String MOVE_REQUEST =
      "UPDATE pairing_pending SET sender_id = ?"
          + " WHERE channel = ? AND account_id = ? AND sender_id = ?";

  private GroupStatements() {}

  /**
   * Moves the approval, the pending request and the refusal of a group. What the operator has
   * decided about the new id stays.
   *
   * @return whether anything was moved
   */
  static boolean move(Transaction tx, SenderKey from, SenderKey to, Instant now)
      throws SQLException {
    boolean refused = tx.run(COPY_REFUSAL, to.senderId(), from) > 0;
    boolean approved = tx.run(COPY_APPROVAL, to.senderId(), from) > 0;
    AllowFromStatements.revoke(tx, from, Actor.GATE, now);
    boolean requested = moveRequest(tx, from, to, approved || refused);
    if (approved || refused || requested) {
      AuditTrail.append(tx, now, Actor.GATE, AuditAction.MOVED, to, "from " + from.senderId());
    }
    return approved || refused || requested;
  }

  /** Of two requests, the one under the new id stays; none, if there is a decision already. */
  private static boolean moveRequest(Transaction tx, SenderKey from, SenderKey to, boolean decided)
      throws SQLException {
    Optional<PendingEntity> old = PendingStatements.find(tx, from);
    Optional<PendingEntity> present = PendingStatements.find(tx, to);
    if (decided && present.isPresent()) {
      PendingStatements.delete(tx, present.get());
    }
    if (old.isEmpty()) {
      return false;
    }
    if (decided || present.isPresent()) {
      PendingStatements.delete(tx, old.get());
      return false;
    }
    return tx.run(MOVE_REQUEST, to.senderId(), from) > 0;
  }
}
