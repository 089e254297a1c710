package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Blocks senders the operator names, whether they wait, are admitted, or were never heard of. */
@Component
class SenderBlocker {

  private final Database database;
  private final PairingEvents notices;
  private final Clock clock;

  @Inject
  SenderBlocker(Database database, PairingEvents notices, Clock clock) {
    this.database = database;
    this.notices = notices;
    this.clock = clock;
  }

  private record Done(int blocked, int revoked, int expired) {}

  /** As {@link dev.nexo.pairing.PairingStore#block} says. */
  int block(SenderKey sender, String reason, Actor by) {
    if (reason != null && reason.length() > AllowTerms.MAX_NOTE) {
      throw new InvalidValueException(
          "reason", "must be at most " + AllowTerms.MAX_NOTE + " characters");
    }
    Instant now = clock.instant();
    Done done = database.write(tx -> block(tx, sender, reason, by, now));
    if (done.blocked() > 0) {
      notices.fire(new PairingEvent.Denied(sender, true));
    }
    if (done.revoked() > 0) {
      notices.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
    }
    notices.expired(done.expired());
    return done.blocked();
  }

  /** The rest goes also where the block is there already: Nexo, which knows none, may have it. */
  private static Done block(Transaction tx, SenderKey sender, String reason, Actor by, Instant now)
      throws SQLException {
    int expired = removeRequest(tx, sender, now);
    int revoked = AllowFromStatements.revoke(tx, sender, by, now);
    int blocked = BlockedStatements.block(tx, sender, reason, now);
    if (blocked > 0) {
      AuditTrail.append(tx, now, by, AuditAction.BLOCKED, sender, reason);
    }
    return new Done(blocked, revoked, expired);
  }

  /** A request that has run out is counted as such, and not as one that was turned down. */
  private static int removeRequest(Transaction tx, SenderKey sender, Instant now)
      throws SQLException {
    Optional<PendingEntity> request = PendingStatements.find(tx.session(), sender);
    int expired = 0;
    if (request.isPresent() && request.get().liveAt(now)) {
      PendingStatements.delete(tx, request.get());
    } else {
      expired = PendingStatements.expire(tx, request.stream().toList(), now);
    }
    // What is left tells them that they are in, from an approval a moment ago.
    tx.run(
        "DELETE FROM pairing_outbox WHERE channel = ? AND account_id = ? AND sender_id = ?"
            + " AND sent_at IS NULL",
        sender.channel(),
        sender.accountId(),
        sender.senderId());
    return expired;
  }

  /** As {@link dev.nexo.pairing.PairingStore#unblock} says. No cache has kept a refusal. */
  int unblock(SenderKey sender, Actor by) {
    Instant now = clock.instant();
    return database.write(
        tx -> {
          int lifted = BlockedStatements.lift(tx, sender, now);
          if (lifted > 0) {
            AuditTrail.append(tx, now, by, AuditAction.UNBLOCKED, sender, null);
          }
          return lifted;
        });
  }
}
