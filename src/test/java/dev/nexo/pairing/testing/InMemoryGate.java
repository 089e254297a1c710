package dev.nexo.pairing.testing;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DryRun;
import dev.nexo.pairing.Explanation;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.Role;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.outbox.OutboxEntry;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** A simple gate: it admits allowed senders and challenges all others. */
public final class InMemoryGate implements PairingGate {

  private record Waiting(PendingRequest request, OutboxEntry entry) {}

  private final Clock clock;
  private final InMemoryOutbox outbox;
  private final Set<SenderKey> allowed = ConcurrentHashMap.newKeySet();
  private final Map<SenderKey, Waiting> pending = new ConcurrentHashMap<>();
  private volatile RuntimeException fault;
  private volatile CountDownLatch held = new CountDownLatch(0);

  /** Creates a gate that admits nobody. */
  public InMemoryGate(Clock clock, InMemoryOutbox outbox) {
    this.clock = clock;
    this.outbox = outbox;
  }

  /** Admits a sender. */
  public void allow(String channel, String account, String sender) {
    allowed.add(new SenderKey(channel, account, sender));
  }

  /** Makes every further decision end with this outcome. */
  public void failWith(RuntimeException exception) {
    fault = exception;
  }

  /** Makes every further decision wait for a latch. */
  public void holdUntil(CountDownLatch latch) {
    held = latch;
  }

  /** The pending senders. */
  public Set<SenderKey> pending() {
    return pending.keySet();
  }

  /** The request of a pending sender. */
  public PendingRequest request(SenderKey sender) {
    return pending.get(sender).request();
  }

  @Override
  public Decision decide(SenderKey sender, AdmissionPolicy policy, MessageContext contact) {
    try {
      held.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (fault != null) {
      throw fault;
    }
    if (sender.senderId().contains("blocked")) {
      return new Decision.Drop(DropReason.BLOCKED);
    }
    if (!policy.autoChallenge() || allowed.contains(sender)) {
      return allowed.contains(sender) ? Decision.Admit.MEMBER : Decision.Admit.GUEST;
    }
    Waiting waiting = pending.computeIfAbsent(sender, key -> challenge(key, contact));
    if (contact.silent()) {
      return new Decision.Challenge(waiting.request(), Delivery.SILENT);
    }
    Delivery delivery =
        waiting.entry() == null
            ? Delivery.NOT_ASKED
            : outbox.isSent(waiting.entry()) ? Delivery.SENT : Delivery.QUEUED;
    return new Decision.Challenge(waiting.request(), delivery);
  }

  private Waiting challenge(SenderKey sender, MessageContext contact) {
    String id = "request-" + pending.size() + "-" + sender.senderId();
    char last = PairingCode.ALPHABET.charAt(pending.size() % PairingCode.ALPHABET.length());
    PairingCode code = new PairingCode("ABCDEFG" + last);
    PendingRequest request =
        new PendingRequest(
            id,
            1,
            sender,
            code,
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3600),
            contact.text(),
            contact.metaJson());
    return new Waiting(
        request,
        contact.deliver() && !contact.silent()
            ? outbox.add(id, sender, code.value(), contact.accountNamed())
            : null);
  }

  @Override
  public Explanation explain(String channel, String accountId, String senderId) {
    SenderKey key = new SenderKey(channel, accountId, senderId);
    if (!allowed.contains(key)) {
      return new Explanation(senderId, Decision.Kind.CHALLENGE, "unknown_sender", null, null, null);
    }
    AllowedSender row =
        new AllowedSender(
            key,
            clock.instant(),
            "cli",
            null,
            null,
            null,
            Role.MEMBER,
            List.of(),
            null,
            null,
            false);
    return new Explanation(senderId, Decision.Kind.ADMIT, "allow_from", null, null, row);
  }

  @Override
  public Decision shouldAdmit(
      String channel, String accountId, String senderId, AdmissionPolicy policy) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DryRun dryRun(ChannelAccount account, List<String> senderIds) {
    throw new UnsupportedOperationException();
  }
}
