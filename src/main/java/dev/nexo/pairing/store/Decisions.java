package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.config.IdSource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** What becomes of a pending request: it is moved to allow-from, or turned down. */
@Component
class Decisions {

  private final Database database;
  private final Notices notices;
  private final IdSource ids;

  @Inject
  Decisions(Database database, Notices notices, IdSource ids) {
    this.database = database;
    this.notices = notices;
    this.ids = ids;
  }

  /** What to do with a request that is live, in the transaction that found it. */
  @FunctionalInterface
  interface Step {
    void take(StatelessSession session, PendingRow row);
  }

  /** Finds the request and takes the step, in one transaction. */
  PendingOutcome decide(String codeOrRequestId, Instant now, Step step) {
    record Decided(PendingOutcome outcome, int expired) {}
    Decided decided =
        database.write(
            session -> {
              Optional<PendingRow> found = PendingRows.find(session, codeOrRequestId);
              if (found.isPresent() && found.get().liveAt(now)) {
                step.take(session, found.get());
                return new Decided(new PendingOutcome.Done(found.get().key(), seconds(now)), 0);
              }
              int expired = PendingRows.expire(session, found.stream().toList(), now);
              Optional<SenderKey> sender = PendingRows.findExpired(session, codeOrRequestId, now);
              PendingOutcome outcome =
                  sender.isPresent()
                      ? new PendingOutcome.Expired(sender.get())
                      : new PendingOutcome.Unknown();
              return new Decided(outcome, expired);
            });
    notices.expired(decided.expired());
    return decided.outcome();
  }

  void approve(
      StatelessSession session,
      PendingRow request,
      AllowTerms terms,
      boolean notify,
      Actor by,
      Instant now) {
    PendingRows.delete(session, request);
    AllowRow row = AllowRow.of(request.key());
    row.approvedAt = now.getEpochSecond();
    row.approvedVia = by.surface().word();
    row.expiresAt = terms.expiresAt() == null ? null : terms.expiresAt().getEpochSecond();
    row.note = terms.note();
    session.upsert(row);
    if (notify) {
      session.insert(
          OutboxRows.entry(
              ids.nextUuid(), OutboxRow.APPROVED, request.requestId, request.key(), now));
    }
    AuditTrail.append(session, now, by, "approved", request.key(), terms.note());
  }

  void deny(
      StatelessSession session,
      PendingRow request,
      boolean block,
      String reason,
      Actor by,
      Instant now) {
    PendingRows.delete(session, request);
    BlockedRow row = new BlockedRow();
    row.channel = request.channel;
    row.accountId = request.accountId;
    row.senderId = request.senderId;
    row.blockedAt = now.toEpochMilli();
    row.deniedUntil = block ? null : now.plus(PendingRow.LIFETIME).toEpochMilli();
    row.reason = reason;
    session.upsert(row);
    AuditTrail.append(session, now, by, block ? "blocked" : "denied", request.key(), reason);
  }

  private static Instant seconds(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond());
  }
}
