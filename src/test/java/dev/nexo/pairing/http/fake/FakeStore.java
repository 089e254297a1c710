package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowFilter;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.BlockedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.SeedReport;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store in memory; its lists come in pages of the size asked for, the cursor being a number. */
@Component
public class FakeStore implements PairingStore {

  /** Somebody who waits, with this code. */
  public static final PendingRequest WAITING =
      new PendingRequest(
          "req-1",
          1,
          new SenderKey("whatsapp", "default", "+15550001111"),
          new PairingCode("ABCD2345"),
          Instant.parse("2026-11-01T12:00:00Z"),
          Instant.parse("2026-11-01T13:00:00Z"),
          "hi",
          "{\"name\":\"Ann\"}");

  /** An expired code. */
  public static final String EXPIRED_CODE = "EXPD2345";

  private static final Instant AT = Instant.parse("2026-11-01T12:30:00Z");

  private final Map<String, AllowedSender> allowed = new ConcurrentSkipListMap<>();
  private final Map<String, BlockedSender> blocked = new ConcurrentSkipListMap<>();
  private final List<AuditEntry> audit = new CopyOnWriteArrayList<>();

  /** How many calls of {@link #seed} there were, and how large. */
  final List<Integer> batches = new CopyOnWriteArrayList<>();

  @Override
  public List<ChannelAccount> accounts(int limit) {
    return List.of();
  }

  @Override
  public boolean hasRows(AccountFilter accounts) {
    return true;
  }

  @Override
  public Page<PendingRequest> pending(AccountFilter accounts, PageRequest page) {
    return page(List.of(WAITING), page);
  }

  @Override
  public Optional<PendingRequest> pending(String requestId) {
    return Optional.of(WAITING).filter(request -> request.requestId().equals(requestId));
  }

  @Override
  public Optional<HeldMessages> held(String ref) {
    FailingDependencies.mayCome(ref);
    HeldMessage message = new HeldMessage("req-1/1", WAITING.createdAt(), "hi", "{}", true);
    String code = PairingCode.parse(ref).map(PairingCode::value).orElse(ref);
    return code.equals(WAITING.code().value()) || code.equals(WAITING.requestId())
        ? Optional.of(new HeldMessages(WAITING.requestId(), List.of(message), true))
        : Optional.empty();
  }

  @Override
  public List<AuditEntry> auditAfter(long id, int limit) {
    return audit.stream().filter(line -> line.id() > id).limit(limit).toList();
  }

  @Override
  public long newestAuditId() {
    return audit.size();
  }

  @Override
  public Map<String, Long> pendingByChannel() {
    return Map.of(WAITING.sender().channel(), 1L);
  }

  @Override
  public PendingOutcome approve(String ref, AllowTerms terms, Boolean notify, Actor by) {
    audit("approved", WAITING.sender(), by);
    return outcome(ref);
  }

  @Override
  public PendingOutcome deny(String ref, boolean block, String reason, Actor by) {
    return outcome(ref);
  }

  private static PendingOutcome outcome(String ref) {
    FailingDependencies.mayCome(ref);
    String code = PairingCode.parse(ref).map(PairingCode::value).orElse(ref);
    if (code.equals(EXPIRED_CODE)) {
      return new PendingOutcome.Expired(WAITING.sender());
    }
    return code.equals(WAITING.code().value()) || code.equals(WAITING.requestId())
        ? new PendingOutcome.Done(WAITING.sender(), AT)
        : new PendingOutcome.Unknown();
  }

  @Override
  public Page<AllowedSender> allowed(AllowFilter filter, PageRequest page) {
    return page(List.copyOf(allowed.values()), page);
  }

  @Override
  public Optional<AllowedSender> update(SenderKey sender, AllowTerms.Update change, Actor by) {
    FailingDependencies.mayCome(sender.senderId());
    return Optional.ofNullable(
        allowed.computeIfPresent(
            sender.toString(),
            (key, row) -> {
              AllowTerms terms = change.applyTo(new AllowTerms(row.expiresAt(), row.note()));
              return row(sender, "api", terms);
            }));
  }

  @Override
  public SeedReport seed(ChannelAccount account, List<SeedEntry> senders, Actor by) {
    batches.add(senders.size());
    List<SeedReport.Rejected> rejected = new ArrayList<>();
    for (SeedEntry entry : senders) {
      FailingDependencies.mayCome(entry.senderId());
      if (entry.senderId().startsWith("bad")) {
        rejected.add(new SeedReport.Rejected(entry.senderId(), "rejected_sender"));
      } else {
        SenderKey key = new SenderKey(account.channel(), account.accountId(), entry.senderId());
        allowed.put(key.toString(), row(key, by.surface().wireName(), entry.terms()));
      }
    }
    audit("seeded", null, by);
    return new SeedReport(senders.size() - rejected.size(), rejected, rejected.size());
  }

  private static AllowedSender row(SenderKey sender, String via, AllowTerms terms) {
    return new AllowedSender(
        sender,
        AT,
        via,
        null,
        terms.expiresAt(),
        terms.note(),
        terms.role(),
        terms.labels(),
        terms.idle(),
        null,
        terms.membersOnly());
  }

  @Override
  public boolean moveGroup(SenderKey from, SenderKey to) {
    return false;
  }

  @Override
  public List<AllowedSender> owners() {
    return List.of();
  }

  @Override
  public int revoke(SenderKey sender, Actor by) {
    FailingDependencies.mayCome(sender.senderId());
    return allowed.remove(sender.toString()) == null ? 0 : 1;
  }

  @Override
  public List<SenderKey> revokeOnAllAccounts(String channel, String senderId, Actor by) {
    List<SenderKey> hit =
        allowed.values().stream()
            .map(AllowedSender::sender)
            .filter(s -> s.channel().equals(channel) && s.senderId().equals(senderId))
            .toList();
    hit.forEach(sender -> revoke(sender, by));
    return hit;
  }

  @Override
  public Page<AuditEntry> audit(AuditFilter filter, PageRequest page) {
    List<AuditEntry> newestFirst = new ArrayList<>(audit);
    Collections.reverse(newestFirst);
    return page(newestFirst, page);
  }

  private void audit(String action, SenderKey sender, Actor by) {
    audit.add(
        new AuditEntry(
            audit.size() + 1, AT, by.name(), by.surface().wireName(), action, sender, null, null));
  }

  @Override
  public Page<BlockedSender> blocked(AccountFilter accounts, PageRequest page) {
    return page(List.copyOf(blocked.values()), page);
  }

  @Override
  public int block(SenderKey sender, String reason, Actor by) {
    FailingDependencies.mayCome(sender.senderId());
    allowed.remove(sender.toString());
    BlockedSender row = new BlockedSender(sender, AT, reason);
    return blocked.putIfAbsent(sender.toString(), row) == null ? 1 : 0;
  }

  @Override
  public int unblock(SenderKey sender, Actor by) {
    FailingDependencies.mayCome(sender.senderId());
    return blocked.remove(sender.toString()) == null ? 0 : 1;
  }

  static <T> Page<T> page(List<T> rows, PageRequest page) {
    if (page.cursor() != null && !page.cursor().matches("[0-9]{1,9}")) {
      throw new InvalidValueException("cursor", "must be the next of an earlier page");
    }
    int from = page.cursor() == null ? 0 : Integer.parseInt(page.cursor());
    int to = Math.min(rows.size(), from + page.limit());
    return new Page<>(rows.subList(from, to), to < rows.size() ? Integer.toString(to) : null);
  }
}
