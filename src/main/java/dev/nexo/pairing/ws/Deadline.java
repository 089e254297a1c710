package dev.nexo.pairing.ws;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The time by which a peer must have sent what the server waits for. It is a scheduled task and not
 * the container's idle timeout, because each ping of the peer would extend that. Thread-safe.
 */
final class Deadline {

  private final ScheduledExecutorService executor;
  private Future<?> task;
  private boolean ended;

  Deadline(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /**
   * Sets the deadline, in place of the one before. Does nothing after {@link #end}.
   *
   * @param late runs when the time has expired
   * @throws RejectedExecutionException if the server is stopping
   */
  synchronized void arm(Duration time, Runnable late) {
    disarm();
    if (!ended) {
      task = executor.schedule(late, time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Cancels the deadline. */
  synchronized void disarm() {
    if (task != null) {
      task.cancel(false);
      task = null;
    }
  }

  /** Cancels the deadline and prevents new ones. */
  synchronized void end() {
    ended = true;
    disarm();
  }
}
