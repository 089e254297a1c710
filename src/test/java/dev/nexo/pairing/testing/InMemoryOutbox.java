package dev.nexo.pairing.testing;

import dev.nexo.pairing.PairingCode;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.outbox.Outbox;
import dev.nexo.pairing.outbox.OutboxEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** An outbox that implements the contract of the interface in memory. */
public final class InMemoryOutbox implements Outbox {

  private static final class Row {
    private OutboxEntry entry;
    private Instant due;
    private Instant claimedUntil = Instant.MIN;
    private boolean sent;
  }

  private final Clock clock;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private boolean failing;

  /** Creates an empty outbox. */
  public InMemoryOutbox(Clock clock) {
    this.clock = clock;
  }

  /** Adds a challenge as the gate does; with a null code, adds an approval message. */
  public OutboxEntry add(String requestId, SenderKey to, String codeOrNull) {
    return add(requestId, to, codeOrNull, true);
  }

  /** Adds a challenge to a sender whose message did or did not name the account. */
  public synchronized OutboxEntry add(
      String requestId, SenderKey to, String codeOrNull, boolean named) {
    PairingCode code = codeOrNull == null ? null : new PairingCode(codeOrNull);
    Row row = new Row();
    row.due = clock.instant();
    String id = UUID.randomUUID().toString();
    row.entry =
        new OutboxEntry(
            id,
            requestId,
            code == null ? "approved" : OutboxEntry.CHALLENGE,
            to,
            "",
            named,
            code,
            null,
            row.due,
            0,
            Instant.MIN);
    rows.put(id, row);
    return row.entry;
  }

  /** Claims an entry for another server for a minute. */
  public synchronized void claimedElsewhere(OutboxEntry entry) {
    rows.get(entry.id()).claimedUntil = clock.instant().plus(Duration.ofMinutes(1));
  }

  /** Makes all further calls fail or succeed. */
  public synchronized void failing(boolean fails) {
    failing = fails;
  }

  /** Whether the entry was reported as sent. */
  public synchronized boolean isSent(OutboxEntry entry) {
    return rows.get(entry.id()).sent;
  }

  /** Whether the entry is claimed. */
  public synchronized boolean isClaimed(OutboxEntry entry) {
    return rows.get(entry.id()).claimedUntil.isAfter(clock.instant());
  }

  /** The number of failed attempts of an entry. */
  public synchronized int attempts(OutboxEntry entry) {
    return rows.get(entry.id()).entry.attempts();
  }

  @Override
  public synchronized List<OutboxEntry> claim(int limit, Busy busy) {
    check();
    List<OutboxEntry> claimed = new ArrayList<>();
    Instant now = clock.instant();
    for (Row row : rows.values()) {
      if (claimed.size() < limit
          && !row.sent
          && !row.due.isAfter(now)
          && !row.claimedUntil.isAfter(now)
          && !busy.channels().contains(row.entry.recipient().channel())) {
        row.claimedUntil = now.plus(Duration.ofMinutes(1));
        claimed.add(row.entry);
      }
    }
    return claimed;
  }

  @Override
  public synchronized void sent(Collection<OutboxEntry> entries) {
    check();
    entries.forEach(entry -> rows.get(entry.id()).sent = true);
  }

  @Override
  public synchronized void failed(Collection<OutboxEntry> entries) {
    check();
    for (OutboxEntry e : entries) {
      Row row = rows.get(e.id());
      row.entry =
          new OutboxEntry(
              e.id(),
              e.requestId(),
              e.kind(),
              e.recipient(),
              e.target(),
              e.accountNamed(),
              e.code(),
              e.payload(),
              e.createdAt(),
              e.attempts() + 1,
              Instant.MIN);
      row.due = clock.instant().plusSeconds(Math.min(60, 1L << Math.min(e.attempts(), 6)));
      row.claimedUntil = Instant.MIN;
    }
  }

  @Override
  public synchronized void retryNow() {
    check();
    rows.values().forEach(row -> row.due = clock.instant());
  }

  @Override
  public synchronized boolean isSent(String requestId) {
    check();
    return rows.values().stream()
        .anyMatch(row -> row.sent && row.entry.requestId().equals(requestId));
  }

  @Override
  public synchronized Set<String> undelivered(Collection<String> requestIds) {
    check();
    return rows.values().stream()
        .filter(row -> !row.sent && row.entry.code() != null)
        .map(row -> row.entry.requestId())
        .filter(requestIds::contains)
        .collect(Collectors.toSet());
  }

  @Override
  public synchronized long waiting() {
    check();
    return rows.values().stream().filter(row -> !row.sent).count();
  }

  @Override
  public synchronized Optional<Instant> waitingSince() {
    check();
    return rows.values().stream()
        .filter(row -> !row.sent)
        .map(row -> row.entry.createdAt())
        .min(Instant::compareTo);
  }

  private void check() {
    if (failing) {
      throw new StorageUnavailableException("The database is away, for this test", null);
    }
  }
}
