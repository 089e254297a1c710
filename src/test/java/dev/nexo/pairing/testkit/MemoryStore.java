package dev.nexo.pairing.testkit;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testkit.PairingRows.Refusal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The store in memory, whose behaviour {@link PairingStoreContract} specifies. */
final class MemoryStore implements PairingStore {

  private final PairingRows rows;
  private final AllowRows allowRows;

  MemoryStore(PairingRows rows, PairingAdapterRegistry adapters) {
    this.rows = rows;
    this.allowRows = new AllowRows(rows, adapters);
  }

  private <T> T call(Function<Instant, T> work) {
    synchronized (rows) {
      return work.apply(rows.begin());
    }
  }

  private <T> T read(Supplier<T> work) {
    return call(now -> work.get());
  }

  private static boolean matches(AccountFilter accounts, SenderKey sender) {
    return (accounts.channel() == null || accounts.channel().equals(sender.channel()))
        && (accounts.accountId() == null || accounts.accountId().equals(sender.accountId()));
  }

  private Stream<PendingRequest> requests() {
    return rows.pending.values().stream().map(PairingRows.Pending::request);
  }

  @Override
  public Page<PendingRequest> pending(AccountFilter accounts, PageRequest page) {
    return read(
        () ->
            Paging.page(
                "pending",
                requests().filter(request -> matches(accounts, request.sender())),
                request ->
                    Paging.ascending(
                        request.createdAt().getEpochSecond(), Paging.key(request.sender())),
                page));
  }

  @Override
  public Optional<PendingRequest> pending(String requestId) {
    return read(
        () ->
            requests()
                .filter(
                    request ->
                        request.requestId().equals(requestId)
                            || ("#" + request.number()).equals(requestId))
                .findFirst());
  }

  @Override
  public Optional<HeldMessages> held(String codeOrRequestId) {
    return call(
        now ->
            rows.find(codeOrRequestId)
                .map(rows.held::of)
                .or(() -> rows.held.approved(codeOrRequestId, now)));
  }

  @Override
  public Map<String, Long> pendingByChannel() {
    return read(
        () ->
            requests()
                .collect(
                    Collectors.groupingBy(
                        request -> request.sender().channel(), Collectors.counting())));
  }

  @Override
  public PendingOutcome approve(
      String codeOrRequestId, AllowTerms terms, Boolean notify, Actor by) {
    return call(
        now -> {
          AllowRows.checkFuture(terms.expiresAt(), now);
          PendingOutcome outcome =
              decide(
                  codeOrRequestId,
                  now,
                  request -> {
                    allowRows.approve(request, terms, by, now);
                    return rows.held.release(request, now);
                  });
          if (outcome instanceof PendingOutcome.Done done) {
            rows.fire(new PairingEvent.Approved(done.sender()));
          } else if (outcome instanceof PendingOutcome.Expired expired) {
            rows.fire(new PairingEvent.ApprovalFailed(expired.sender().channel(), true));
          } else {
            rows.fire(new PairingEvent.ApprovalFailed("", false));
          }
          return outcome;
        });
  }

  @Override
  public PendingOutcome deny(String codeOrRequestId, boolean block, String reason, Actor by) {
    return call(
        now -> {
          PendingOutcome outcome =
              decide(
                  codeOrRequestId,
                  now,
                  request -> {
                    Instant until = block ? null : now.plus(PairingRows.LIFETIME);
                    rows.refusals.put(request.sender(), new Refusal(now, until, reason));
                    if (block) {
                      allowRows.revoke(request.sender(), by, now);
                    }
                    AuditAction action = block ? AuditAction.BLOCKED : AuditAction.DENIED;
                    rows.log(now, by, action, request.sender(), reason, request.requestId());
                    rows.held.purge(request);
                    return List.of();
                  });
          if (outcome instanceof PendingOutcome.Done done) {
            rows.fire(new PairingEvent.Denied(done.sender(), block));
          }
          return outcome;
        });
  }

  private PendingOutcome decide(
      String codeOrRequestId, Instant now, Function<PendingRequest, List<HeldMessage>> decision) {
    Optional<PendingRequest> found = rows.find(codeOrRequestId);
    if (found.isPresent()) {
      List<HeldMessage> held = decision.apply(found.get());
      rows.pending.remove(found.get().sender());
      Instant second = now.truncatedTo(ChronoUnit.SECONDS);
      return new PendingOutcome.Done(found.get().sender(), second, held);
    }
    return rows.findExpired(codeOrRequestId, now)
        .<PendingOutcome>map(request -> new PendingOutcome.Expired(request.sender()))
        .orElseGet(PendingOutcome.Unknown::new);
  }

  @Override
  public Page<AllowedSender> allowed(AllowFilter filter, PageRequest page) {
    return read(
        () ->
            Paging.page(
                "allow",
                rows.allowed.values().stream()
                    .filter(row -> matches(filter.accounts(), row.sender()))
                    .filter(row -> AllowRows.matches(filter, row)),
                row -> Paging.key(row.sender()),
                page));
  }

  @Override
  public List<AllowedSender> owners() {
    return call(allowRows::owners);
  }

  @Override
  public Optional<AllowedSender> update(SenderKey sender, AllowTerms.Update change, Actor by) {
    return call(
        now -> {
          Optional<AllowedSender> changed = allowRows.update(sender, change, by, now);
          changed.ifPresent(row -> rows.fire(new PairingEvent.AdmissionChanged(List.of(sender))));
          return changed;
        });
  }

  @Override
  public SeedReport seed(ChannelAccount account, List<SeedEntry> senders, Actor by) {
    if (senders.size() > MAX_SEED) {
      throw new InvalidValueException("sender_ids", "must have at most " + MAX_SEED + " elements");
    }
    return call(now -> allowRows.seed(account, senders, by, now));
  }

  @Override
  public int revoke(SenderKey sender, Actor by) {
    return call(
        now -> {
          int revoked = allowRows.revoke(sender, by, now);
          if (revoked > 0) {
            rows.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
          }
          return revoked;
        });
  }

  @Override
  public List<SenderKey> revokeOnAllAccounts(String channel, String senderId, Actor by) {
    return call(
        now -> {
          List<SenderKey> revoked =
              rows.allowed.keySet().stream()
                  .filter(key -> key.channel().equals(channel) && key.senderId().equals(senderId))
                  .sorted(Comparator.comparing(SenderKey::accountId))
                  .toList()
                  .stream()
                  .filter(key -> allowRows.revoke(key, by, now) > 0)
                  .toList();
          if (!revoked.isEmpty()) {
            rows.fire(new PairingEvent.AdmissionChanged(revoked));
          }
          return revoked;
        });
  }

  @Override
  public Page<AuditEntry> audit(AuditFilter filter, PageRequest page) {
    AccountFilter accounts = filter.accounts();
    boolean everyAccount = accounts.channel() == null && accounts.accountId() == null;
    return read(
        () ->
            Paging.page(
                "audit",
                rows.audit.stream()
                    .filter(
                        entry ->
                            entry.sender() == null
                                ? everyAccount && filter.senderId() == null
                                : matches(accounts, entry.sender())
                                    && (filter.senderId() == null
                                        || filter.senderId().equals(entry.sender().senderId())))
                    .filter(
                        entry -> filter.since() == null || !entry.at().isBefore(filter.since())),
                entry -> Paging.descending(entry.id()),
                page));
  }

  @Override
  public List<AuditEntry> auditAfter(long id, int limit) {
    return read(() -> rows.audit.stream().filter(entry -> entry.id() > id).limit(limit).toList());
  }

  @Override
  public long newestAuditId() {
    return read(() -> (long) rows.audit.size());
  }

  @Override
  public List<ChannelAccount> accounts(int limit) {
    return read(
        () ->
            Stream.concat(rows.allowed.keySet().stream(), rows.pending.keySet().stream())
                .map(key -> new ChannelAccount(key.channel(), key.accountId()))
                .distinct()
                .sorted(
                    Comparator.comparing(ChannelAccount::channel)
                        .thenComparing(ChannelAccount::accountId))
                .limit(limit)
                .toList());
  }

  @Override
  public boolean hasRows(AccountFilter accounts) {
    return read(
        () ->
            Stream.of(rows.allowed, rows.pending, rows.refusals)
                .flatMap(table -> table.keySet().stream())
                .anyMatch(key -> matches(accounts, key)));
  }

  @Override
  public Page<BlockedSender> blocked(AccountFilter accounts, PageRequest page) {
    return read(
        () ->
            Paging.page(
                "blocked",
                rows.refusals.entrySet().stream()
                    .filter(row -> row.getValue().until() == null)
                    .filter(row -> matches(accounts, row.getKey()))
                    .map(
                        row ->
                            new BlockedSender(
                                row.getKey(), row.getValue().since(), row.getValue().reason())),
                row -> Paging.key(row.sender()),
                page));
  }

  @Override
  public boolean moveGroup(SenderKey from, SenderKey to) {
    return call(
        now -> {
          boolean moved = allowRows.moveGroup(from, to, now);
          if (moved) {
            rows.fire(new PairingEvent.AdmissionChanged(List.of(from, to)));
          }
          return moved;
        });
  }

  @Override
  public int block(SenderKey sender, String reason, Actor by) {
    if (reason != null && reason.length() > AllowTerms.MAX_NOTE) {
      throw new InvalidValueException(
          "reason", "must be at most " + AllowTerms.MAX_NOTE + " characters");
    }
    return call(
        now -> {
          rows.remove(sender).ifPresent(rows.held::purge);
          int revoked = allowRows.revoke(sender, by, now);
          Refusal before = rows.refusals.get(sender);
          boolean blocks = before == null || before.until() != null;
          if (blocks) {
            rows.refusals.put(sender, new Refusal(now, null, reason));
            rows.log(now, by, AuditAction.BLOCKED, sender, reason, null);
            rows.fire(new PairingEvent.Denied(sender, true));
          }
          if (revoked > 0) {
            rows.fire(new PairingEvent.AdmissionChanged(List.of(sender)));
          }
          return blocks ? 1 : 0;
        });
  }

  @Override
  public int unblock(SenderKey sender, Actor by) {
    return call(
        now -> {
          if (rows.refusal(sender, now).isEmpty()) {
            return 0;
          }
          rows.refusals.remove(sender);
          rows.log(now, by, AuditAction.UNBLOCKED, sender, null, null);
          return 1;
        });
  }
}
