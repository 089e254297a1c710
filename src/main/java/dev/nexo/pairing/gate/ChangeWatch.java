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
 * Looks four times a second whether others have changed the database. Where it could not for a
 * second, nothing cached is believed any more: somebody may have been revoked. Thread-safe.
 */
@Component
class ChangeWatch {

  private static final int EVERY_MILLIS = 250;
  private static final int BELIEVED_MILLIS = 1_000;

  private final Database database;
  private final Epochs epochs = new Epochs();
  private final Clock clock;
  private final ScheduledExecutorService background;
  private volatile long lastLook = Long.MIN_VALUE;
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

  /** Looks now. */
  void look() {
    long before = clock.millis();
    boolean unbroken = isCurrent(before);
    if (!unbroken) {
      // For good, and not until the clock is set back to when the last look was still young.
      lastLook = Long.MIN_VALUE;
    }
    try {
      // After a gap the count may be the same by chance: another database may have taken over.
      if (database.changedByOthers() || !unbroken) {
        epochs.advanceAll();
      }
      lastLook = before;
    } catch (RuntimeException e) {
      // Told by the readiness check; what matters here is that the last look grows old, and that
      // there is a next one: a schedule that throws is never run again.
    }
  }

  Epochs epochs() {
    return epochs;
  }

  /** Whether others' changes up to a second ago are known. */
  boolean isCurrent(long now) {
    long last = lastLook;
    return now >= last && now <= last + BELIEVED_MILLIS;
  }
}
