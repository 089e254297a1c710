package dev.nexo.pairing.ws;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the steps of one connection one after another, in the order they came, on the threads of an
 * executor. Posting never blocks, so that neither the container's threads nor whoever revokes a
 * session waits for a slow peer or the database. Thread-safe.
 */
final class Mailbox {

  private static final System.Logger LOG = System.getLogger(Mailbox.class.getName());

  private final Executor executor;
  private final Queue<Runnable> steps = new ArrayDeque<>();
  private boolean running;

  Mailbox(Executor executor) {
    this.executor = executor;
  }

  /** Runs a step after those posted before. Does nothing where the executor has been shut down. */
  void post(Runnable step) {
    synchronized (steps) {
      steps.add(step);
      if (running) {
        return;
      }
      running = true;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      // The server stops, and its connections with it.
      synchronized (steps) {
        steps.clear();
        running = false;
      }
    }
  }

  private void drain() {
    Runnable step = next();
    while (step != null) {
      try {
        step.run();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "A step of a connection failed", e);
      }
      step = next();
    }
  }

  private Runnable next() {
    synchronized (steps) {
      Runnable step = steps.poll();
      running = step != null;
      return step;
    }
  }
}
