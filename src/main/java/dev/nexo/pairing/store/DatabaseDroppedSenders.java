package dev.nexo.pairing.store;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.DroppedSender;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.MessageContext;
import dev.nexo.pairing.Page;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Adds up the dropped messages in memory, and writes the sums of each account in one transaction
 * that waits for no other change. If the database fails, the sums are kept and written later.
 * Thread-safe.
 */
@Component
class DatabaseDroppedSenders implements DroppedSenders, Sweep {

  /** The maximum number of rows of one account. */
  static final int MAX_PER_ACCOUNT = 500;

  /** The maximum number of rows of all accounts; the accounts with the most rows lose some. */
  static final int MAX_ROWS = 10_000;

  /** How long a row is kept after the last message. */
  static final Duration KEPT = Duration.ofDays(30);

  private static final Logger LOG = System.getLogger(DatabaseDroppedSenders.class.getName());
  private static final int EVERY_SECONDS = 2;
  private static final int BATCH = 500;

  private final Database database;
  private final PairingAdapterRegistry adapters;
  private final PairingEvents events;
  private final IdSource ids;
  private final Clock clock;
  private final ScheduledExecutorService background;
  private final RecentDrops recent = new RecentDrops();
  private volatile ScheduledFuture<?> schedule;

  @Inject
  DatabaseDroppedSenders(
      Database database,
      PairingAdapterRegistry adapters,
      PairingEvents events,
      IdSource ids,
      Clock clock,
      ScheduledExecutorService background) {
    this.database = database;
    this.adapters = adapters;
    this.events = events;
    this.ids = ids;
    this.clock = clock;
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    schedule =
        background.scheduleWithFixedDelay(
            this::writeQuietly, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Writes what is left, while the database is still open. */
  void stopping(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
    writeQuietly();
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  @Override
  public void dropped(SenderKey sender, DropReason reason, String text, String groupId) {
    if (SenderKey.isSender(sender.senderId())
        && ChannelAccount.isChannel(sender.channel())
        && ChannelAccount.isAccount(sender.accountId())) {
      recent.add(
          new ChannelAccount(sender.channel(), sender.accountId()),
          DropSum.of(sender, reason, MessageContext.kept(text), groupId, clock.millis()));
    }
  }

  private void writeQuietly() {
    try {
      write();
    } catch (RuntimeException e) {
      // A scheduled task that throws never runs again. DatabaseHealth has logged the cause.
      LOG.log(Level.DEBUG, "The dropped senders are written later", e);
    }
  }

  /** Writes all sums. One thread at a time, so that a read finds what another one is writing. */
  private synchronized void write() {
    Map<ChannelAccount, List<DropSum>> accounts = recent.drain();
    if (accounts.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    Iterator<Map.Entry<ChannelAccount, List<DropSum>>> left = accounts.entrySet().iterator();
    try {
      while (left.hasNext()) {
        Map.Entry<ChannelAccount, List<DropSum>> one = left.next();
        List<DroppedStatements.Excess> excess =
            database.mark(
                tx ->
                    DroppedStatements.add(tx, one.getKey(), one.getValue(), MAX_PER_ACCOUNT, now));
        left.remove();
        delete(excess);
      }
    } finally {
      accounts.forEach((account, sums) -> sums.forEach(sum -> recent.add(account, sum)));
    }
    delete(database.query(statements -> DroppedStatements.excess(statements, MAX_ROWS)));
  }

  private void delete(List<DroppedStatements.Excess> rows) {
    if (!rows.isEmpty()) {
      database.mark(tx -> DroppedStatements.delete(tx, rows));
    }
  }

  @Override
  public Page<DroppedSender> page(Filter filter, PageRequest page) {
    write();
    return database.query(statements -> DroppedStatements.page(statements, filter, page));
  }

  @Override
  public long count(Filter filter) {
    return database.query(statements -> DroppedStatements.count(statements, filter));
  }

  @Override
  public List<Result> decide(Action action, List<SenderKey> senders, Actor by) {
    if (senders.size() > MAX_DECIDED) {
      throw new InvalidValueException("senders", "must have at most " + MAX_DECIDED + " elements");
    }
    // Also the messages of the last seconds, so that the senders do not appear in the list again.
    write();
    Instant now = clock.instant();
    BulkDecision decision = new BulkDecision(action, senders, adapters, ids);
    BulkDecision.Written written = database.write(tx -> decision.write(tx, by, now));
    written.events().forEach(events::fire);
    events.expired(written.expired());
    return written.results();
  }

  @Override
  public void sweep(Instant now) {
    Instant end = now.minus(KEPT);
    while (hasBefore(end)) {
      database.mark(tx -> DroppedStatements.deleteBefore(tx, end, BATCH));
    }
  }

  private boolean hasBefore(Instant end) {
    return database
        .query(
            statements ->
                statements.first(
                    "SELECT 1 FROM pairing_dropped WHERE last_at < ? LIMIT 1",
                    row -> true,
                    end.toEpochMilli()))
        .isPresent();
  }
}
