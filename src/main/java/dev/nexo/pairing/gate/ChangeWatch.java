package dev.nexo.pairing.gate;

import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Checks every 250 ms whether other processes have changed the database. If the last successful
 * check is older than 1 s, the gate does not use its cache, because another server may have revoked
 * a sender. Thread-safe.
 */
@Component
class ChangeWatch {

  private static final int EVERY_MILLIS = 250;
  private static final int VALID_MILLIS = 1_000;

  private final Database database;
  private final Epochs epochs = new Epochs();
  private final Clock clock;
  private final ScheduledExecutorService background;
  private volatile long lastCheck = Long.MIN_VALUE;
  private volatile ScheduledFuture<?> schedule;

  @Inject
  ChangeWatch(Database database, Clock clock, ScheduledExecutorService background) {
    this.database = database;
    this.clock = clock;
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    schedule =
        background.scheduleWithFixedDelay(this::look, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  /**
   * Checks now whether other processes have changed the database, and invalidates the cache if so.
   */
  void look() {
    long before = clock.millis();
    boolean unbroken = isCurrent(before);
    if (!unbroken) {
      // Permanently, so that a clock that is set back does not make the last check valid again.
      lastCheck = Long.MIN_VALUE;
    }
    try {
      // After a gap the count may be equal by chance, if another database has taken over.
      if (database.changedByOthers() || !unbroken) {
        epochs.advanceAll();
      }
      lastCheck = before;
    } catch (RuntimeException e) {
      // The readiness check reports the failure. A scheduled task that throws never runs again.
    }
  }

  Epochs epochs() {
    return epochs;
  }

  /** Returns whether the changes of other processes up to 1 s ago are known. */
  boolean isCurrent(long now) {
    long last = lastCheck;
    return now >= last && now <= last + VALID_MILLIS;
  }
}
