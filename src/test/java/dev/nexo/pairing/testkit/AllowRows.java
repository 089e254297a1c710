package dev.nexo.pairing.testkit;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.spi.SenderVerdict;
import dev.nexo.pairing.testkit.PairingRows.Pending;
import dev.nexo.pairing.testkit.PairingRows.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The changes of allow-from; the caller has synchronized on the rows. */
final class AllowRows {

  private final PairingRows rows;
  private final PairingAdapterRegistry adapters;

  AllowRows(PairingRows rows, PairingAdapterRegistry adapters) {
    this.rows = rows;
    this.adapters = adapters;
  }

  static void checkFuture(Instant expiresAt, Instant now) {
    if (expiresAt != null && !expiresAt.isAfter(now)) {
      throw new InvalidValueException("expires_at", "must be in the future");
    }
  }

  private static void checkRole(SenderKey sender, AllowTerms terms) {
    if (terms.role() == Role.OWNER && sender.isGroup()) {
      throw new InvalidValueException("role", "must not be owner for a group");
    }
  }

  private static boolean contains(String text, String query) {
    return text != null && text.toLowerCase(Locale.ROOT).contains(query.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a filter's conditions other than the account hold for a row. */
  static boolean matches(AllowFilter filter, AllowedSender row) {
    String query = filter.query();
    Instant since = filter.unseenSince();
    boolean found =
        query == null
            || contains(row.sender().senderId(), query)
            || contains(row.note(), query)
            || row.labels().stream().anyMatch(label -> contains(label, query));
    boolean unseen =
        since == null
            || (!row.approvedAt().isAfter(since)
                && (row.lastSeenAt() == null || !row.lastSeenAt().isAfter(since)));
    return found && unseen && (filter.includeRevoked() || row.revokedAt() == null);
  }

  List<AllowedSender> owners(Instant now) {
    return rows.allowed.values().stream()
        .filter(row -> row.role() == Role.OWNER && row.inForceAt(now))
        .sorted(Comparator.comparing(row -> Paging.key(row.sender())))
        .limit(PairingStore.MAX_OWNERS)
        .toList();
  }

  private static AllowedSender row(
      SenderKey sender, Instant at, String via, Instant revokedAt, AllowTerms terms, Instant seen) {
    Instant expiresAt = terms.expiresAt();
    return new AllowedSender(
        sender,
        at.truncatedTo(ChronoUnit.SECONDS),
        via,
        revokedAt == null ? null : revokedAt.truncatedTo(ChronoUnit.SECONDS),
        expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.SECONDS),
        terms.note(),
        terms.role(),
        terms.labels(),
        terms.idle() == null ? null : Duration.ofSeconds(terms.idle().toSeconds()),
        seen,
        terms.membersOnly());
  }

  private static AllowTerms terms(AllowedSender row) {
    return new AllowTerms(
        row.expiresAt(), row.note(), row.role(), row.labels(), row.idle(), row.membersOnly());
  }

  private Instant lastSeen(SenderKey sender) {
    AllowedSender row = rows.allowed.get(sender);
    return row == null ? null : row.lastSeenAt();
  }

  /** Admits the sender of a request. */
  void approve(PendingRequest request, AllowTerms terms, Actor by, Instant now) {
    SenderKey sender = request.sender();
    checkRole(sender, terms);
    rows.allowed.put(
        sender, row(sender, now, by.surface().wireName(), null, terms, lastSeen(sender)));
    rows.refusals.remove(sender);
    String detail = detail(terms.note(), terms);
    rows.log(now, by, AuditAction.APPROVED, sender, detail, request.requestId());
  }

  /** The detail of an admission's audit entry. */
  private static String detail(String note, AllowTerms terms) {
    List<String> parts = new ArrayList<>();
    if (note != null) {
      parts.add(note);
    }
    if (terms.role() != Role.MEMBER) {
      parts.add("role " + terms.role().wireName());
    }
    if (!terms.labels().isEmpty()) {
      parts.add("labels " + String.join(", ", terms.labels()));
    }
    if (terms.idle() != null) {
      parts.add("idle " + terms.idle().toSeconds() + " s");
    }
    return parts.isEmpty() ? null : String.join("; ", parts);
  }

  /** Changes the terms of a row; empty if there is none. */
  Optional<AllowedSender> update(
      SenderKey sender, AllowTerms.Update change, Actor by, Instant now) {
    if (change.expiresAt() != null) {
      checkFuture(change.expiresAt().orElse(null), now);
    }
    AllowedSender before = rows.allowed.get(sender);
    if (before == null) {
      return Optional.empty();
    }
    AllowTerms terms = change.applyTo(terms(before));
    checkRole(sender, terms);
    AllowedSender after =
        row(
            sender,
            before.approvedAt(),
            before.approvedVia(),
            before.revokedAt(),
            terms,
            before.lastSeenAt());
    if (before.inForceAt(now) && after.endedAt(now) == AllowedSender.End.IDLE) {
      throw new InvalidValueException(
          "idle_secs",
          "must be longer than the time since the sender was last seen, at " + before.activeAt());
    }
    rows.allowed.put(sender, after);
    String until = after.expiresAt() == null ? "for good" : "until " + after.expiresAt();
    rows.log(now, by, AuditAction.UPDATED, sender, until, null);
    return Optional.of(after);
  }

  /** Revokes a sender; returns 1, or 0 if there is no row that is not revoked. */
  int revoke(SenderKey sender, Actor by, Instant now) {
    AllowedSender row = rows.allowed.get(sender);
    if (row == null || row.revokedAt() != null) {
      return 0;
    }
    rows.allowed.put(
        sender,
        row(sender, row.approvedAt(), row.approvedVia(), now, terms(row), row.lastSeenAt()));
    rows.log(now, by, AuditAction.REVOKED, sender, null, null);
    return 1;
  }

  SeedReport seed(ChannelAccount account, List<SeedEntry> senders, Actor by, Instant now) {
    Map<SenderKey, SeedEntry> accepted = new LinkedHashMap<>();
    List<SeedReport.Rejected> rejected = new ArrayList<>();
    for (SeedEntry entry : senders) {
      Optional<SenderVerdict> verdict = assess(account.channel(), entry.senderId());
      if (verdict.isEmpty()) {
        String reason = DropReason.ADAPTER_UNAVAILABLE.wireName();
        rejected.add(new SeedReport.Rejected(entry.senderId(), reason));
      } else if (verdict.get().canonical() == null) {
        rejected.add(new SeedReport.Rejected(entry.senderId(), verdict.get().reason()));
      } else if (verdict.get().kind() == SenderVerdict.Kind.GROUP && entry.role() == Role.OWNER) {
        rejected.add(new SeedReport.Rejected(entry.senderId(), SenderVerdict.GROUP_REASON));
      } else {
        accepted.put(SenderKey.of(account, verdict.get().canonical()), entry);
      }
    }
    long seeded = 0;
    for (Map.Entry<SenderKey, SeedEntry> entry : accepted.entrySet()) {
      SenderKey sender = entry.getKey();
      Optional<Refusal> refusal = rows.refusal(sender, now);
      Optional<PendingRequest> request = rows.remove(sender);
      if (refusal.isPresent() && refusal.get().dropReason() == DropReason.BLOCKED) {
        request.ifPresent(rows.held::purge);
        String reason = DropReason.BLOCKED.wireName();
        rejected.add(new SeedReport.Rejected(sender.senderId(), reason));
      } else {
        rows.refusals.remove(sender);
        seeded++;
        if (rows.admission(sender, now).isEmpty()) {
          add(sender, entry.getValue().terms(), by, now);
        }
        request.ifPresent(found -> rows.held.release(found, now));
      }
    }
    List<SeedReport.Rejected> named = rejected.stream().limit(SeedReport.MAX_NAMED).toList();
    return new SeedReport(seeded, named, rejected.size());
  }

  private Optional<SenderVerdict> assess(String channel, String raw) {
    try {
      return Optional.of(adapters.assess(channel, raw));
    } catch (AdapterUnavailableException e) {
      return Optional.empty();
    }
  }

  private void add(SenderKey sender, AllowTerms terms, Actor by, Instant now) {
    AllowedSender before = rows.allowed.get(sender);
    String note = terms.note() == null && before != null ? before.note() : terms.note();
    boolean membersOnly = before != null && before.membersOnly();
    AllowTerms kept =
        new AllowTerms(null, note, terms.role(), terms.labels(), terms.idle(), membersOnly);
    String via = Surface.SEED.wireName();
    rows.allowed.put(sender, row(sender, now, via, null, kept, lastSeen(sender)));
    rows.log(now, by, AuditAction.SEEDED, sender, detail(null, terms), null);
  }

  /** Moves what was decided about a group; what was decided about the new id stays. */
  boolean moveGroup(SenderKey from, SenderKey to, Instant now) {
    Refusal refusal = rows.refusals.get(from);
    boolean refused = refusal != null && rows.refusals.putIfAbsent(to, refusal) == null;
    AllowedSender row = rows.allowed.get(from);
    boolean approved = row != null && row.revokedAt() == null && !rows.allowed.containsKey(to);
    if (approved) {
      rows.allowed.put(
          to, row(to, row.approvedAt(), row.approvedVia(), null, terms(row), row.lastSeenAt()));
    }
    revoke(from, Actor.GATE, now);
    boolean requested = moveRequest(from, to, approved || refused);
    boolean moved = Stream.of(refused, approved, requested).anyMatch(each -> each);
    if (moved) {
      rows.log(now, Actor.GATE, AuditAction.MOVED, to, "from " + from.senderId(), null);
    }
    return moved;
  }

  private boolean moveRequest(SenderKey from, SenderKey to, boolean decided) {
    if (decided) {
      rows.pending.remove(to);
    }
    Pending old = rows.pending.remove(from);
    if (old == null || decided || rows.pending.containsKey(to)) {
      return false;
    }
    PendingRequest request = old.request();
    PendingRequest moved =
        new PendingRequest(
            request.requestId(),
            request.number(),
            to,
            request.code(),
            request.createdAt(),
            request.expiresAt(),
            request.text(),
            request.metaJson());
    rows.pending.put(to, new Pending(moved, old.delivery()));
    return true;
  }
}
