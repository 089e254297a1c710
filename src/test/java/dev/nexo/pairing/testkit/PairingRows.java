package dev.nexo.pairing.testkit;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowedSender;
import dev.nexo.pairing.AuditAction;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Challenge.Delivery;
import dev.nexo.pairing.DeliveryResult;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** What the database contains, in memory. The gate and the stores synchronize on it. */
final class PairingRows {

  /** The lifetime of a request, and of a denial. */
  static final Duration LIFETIME = Duration.ofMinutes(60);

  /** How long an expired request is reported as expired and not as unknown. */
  static final Duration EXPIRED_KEPT = Duration.ofHours(24);

  /** The maximum number of live requests of one account. */
  static final int SLOTS = 3;

  /** The maximum number of challenges of one account within an hour, the default of the module. */
  static final int CHALLENGES_PER_HOUR = 30;

  /**
   * A live request.
   *
   * @param delivery the state of its challenge
   */
  record Pending(PendingRequest request, Delivery delivery) {}

  /**
   * A denial or block.
   *
   * @param until when a denial ends; null for a block
   */
  record Refusal(Instant since, Instant until, String reason) {

    boolean activeAt(Instant time) {
      return until == null || time.isBefore(until);
    }

    DropReason dropReason() {
      return until == null ? DropReason.BLOCKED : DropReason.DENIED;
    }
  }

  /** The challenges of one account since a time. */
  private record Budget(Instant since, int used) {}

  final Map<SenderKey, Pending> pending = new HashMap<>();
  final Map<SenderKey, AllowedSender> allowed = new HashMap<>();
  final Map<SenderKey, Refusal> refusals = new HashMap<>();
  final List<AuditEntry> audit = new ArrayList<>();
  final HeldRows held = new HeldRows(this::fire);
  private final Map<String, PendingRequest> expired = new HashMap<>();
  private final Map<ChannelAccount, Budget> budgets = new HashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;
  private final Consumer<PairingEvent> events;
  private long numbers;
  private boolean available = true;

  PairingRows(Clock clock, Consumer<PairingEvent> events) {
    this.clock = clock;
    this.events = events;
  }

  void available(boolean whether) {
    available = whether;
  }

  /**
   * Begins a call: removes the requests that have expired, and returns the time.
   *
   * @throws StorageUnavailableException if a test has made the database unavailable
   */
  Instant begin() {
    if (!available) {
      throw new StorageUnavailableException("The test has made the database unavailable", null);
    }
    Instant now = clock.instant();
    List<PendingRequest> ended =
        pending.values().stream()
            .map(Pending::request)
            .filter(request -> !isLive(request, now))
            .toList();
    for (PendingRequest request : ended) {
      pending.remove(request.sender());
      held.purge(request);
      expired.put(request.requestId(), request);
      log(now, Actor.GATE, AuditAction.EXPIRED, request.sender(), null, request.requestId());
    }
    if (!ended.isEmpty()) {
      fire(new PairingEvent.CodesExpired(ended.size()));
    }
    return now;
  }

  private static boolean isLive(PendingRequest request, Instant now) {
    return request.createdAt().isAfter(now.minus(LIFETIME).truncatedTo(ChronoUnit.SECONDS));
  }

  void fire(PairingEvent event) {
    events.accept(event);
  }

  void log(
      Instant at, Actor by, AuditAction action, SenderKey sender, String detail, String subject) {
    audit.add(
        new AuditEntry(
            audit.size() + 1L,
            at.truncatedTo(ChronoUnit.MILLIS),
            by.name(),
            by.surface().wireName(),
            action.wireName(),
            sender,
            detail,
            subject));
  }

  /** Returns the active denial or block of a sender. */
  Optional<Refusal> refusal(SenderKey sender, Instant now) {
    return Optional.ofNullable(refusals.get(sender)).filter(row -> row.activeAt(now));
  }

  /** Returns the row that admits a sender. */
  Optional<AllowedSender> admission(SenderKey sender, Instant now) {
    return Optional.ofNullable(allowed.get(sender)).filter(row -> row.inForceAt(now));
  }

  /** Returns why an account can make no new request, or empty if it can. */
  Optional<DropReason> limit(SenderKey sender, Instant now) {
    ChannelAccount account = account(sender);
    if (used(account, now) >= CHALLENGES_PER_HOUR) {
      return Optional.of(DropReason.BUDGET);
    }
    long live = pending.keySet().stream().filter(key -> account(key).equals(account)).count();
    return live >= SLOTS ? Optional.of(DropReason.MAX_PENDING) : Optional.empty();
  }

  private static ChannelAccount account(SenderKey sender) {
    return new ChannelAccount(sender.channel(), sender.accountId());
  }

  private int used(ChannelAccount account, Instant now) {
    Budget budget = budgets.get(account);
    boolean current =
        budget != null
            && budget.since().isAfter(now.minus(LIFETIME))
            && !budget.since().isAfter(now.plus(Duration.ofMinutes(5)));
    return current ? budget.used() : 0;
  }

  /** Marks a challenge as sent. */
  synchronized DeliveryResult deliver(PendingRequest request, Set<String> channels) {
    SenderKey sender = request.sender();
    DeliveryResult result =
        channels.contains(sender.channel())
            ? DeliveryResult.DELIVERED_VIA_ADAPTER
            : DeliveryResult.DELIVERED_VIA_BROKER;
    pending.replace(sender, new Pending(request, Delivery.SENT));
    fire(new PairingEvent.ChallengeDelivered(sender.channel(), result));
    return result;
  }

  /** Makes the request of a stranger. */
  Pending challenge(SenderKey sender, MessageContext contact, Instant now) {
    ChannelAccount account = account(sender);
    int used = used(account, now);
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    budgets.put(account, new Budget(used == 0 ? second : budgets.get(account).since(), used + 1));
    PendingRequest request =
        new PendingRequest(
            UUID.randomUUID().toString(),
            ++numbers,
            sender,
            newCode(),
            second,
            second.plus(LIFETIME),
            contact.text(),
            contact.metaJson());
    Pending row = new Pending(request, contact.silent() ? Delivery.SILENT : Delivery.NOT_ASKED);
    pending.put(sender, row);
    log(now, Actor.GATE, AuditAction.CHALLENGED, sender, null, request.requestId());
    fire(new PairingEvent.Challenged(request));
    return row;
  }

  private PairingCode newCode() {
    StringBuilder code = new StringBuilder();
    for (int i = 0; i < PairingCode.LENGTH; i++) {
      code.append(PairingCode.ALPHABET.charAt(random.nextInt(PairingCode.ALPHABET.length())));
    }
    return new PairingCode(code.toString());
  }

  /** Removes and returns the request of a sender. */
  Optional<PendingRequest> remove(SenderKey sender) {
    return Optional.ofNullable(pending.remove(sender)).map(Pending::request);
  }

  /** Returns the live request that a code, an id or a number names. */
  Optional<PendingRequest> find(String typed) {
    String reference = PairingCode.reference(typed);
    return pending.values().stream()
        .map(Pending::request)
        .filter(request -> isNamed(request, reference))
        .findFirst();
  }

  /** Returns the named request if it expired within the last 24 hours. */
  Optional<PendingRequest> findExpired(String typed, Instant now) {
    String reference = PairingCode.reference(typed);
    return expired.values().stream()
        .filter(request -> isNamed(request, reference))
        .filter(request -> request.expiresAt().isAfter(now.minus(EXPIRED_KEPT)))
        .findFirst();
  }

  private static boolean isNamed(PendingRequest request, String reference) {
    return request.requestId().equals(reference)
        || reference.equals("#" + request.number())
        || request.code().value().equals(reference);
  }
}
