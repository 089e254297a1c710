package dev.nexo.pairing.ws;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The one moment by which a peer has to have done something: a task of its own and not the
 * container's idle timeout, which every ping of the peer's would put off. Thread-safe.
 */
final class Deadline {

  private final ScheduledExecutorService background;
  private Future<?> armed;
  private boolean over;

  Deadline(ScheduledExecutorService background) {
    this.background = background;
  }

  /**
   * Does something when time is up, in place of what was to be done before.
   *
   * @throws RejectedExecutionException where the server stops
   */
  synchronized void arm(Duration time, Runnable late) {
    disarm();
    if (!over) {
      armed = background.schedule(late, time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Nothing is awaited any more. */
  synchronized void disarm() {
    if (armed != null) {
      armed.cancel(false);
      armed = null;
    }
  }

  /** Nothing will be awaited ever again. */
  synchronized void end() {
    over = true;
    disarm();
  }
}
