package dev.nexo.pairing.ws;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the steps of one connection one after another, in the order they came: what the peer sent on
 * the thread that brought it, everything else on the threads of an executor, so that whoever
 * revokes a session waits for no peer. Thread-safe.
 *
 * <p>A frame stays on its thread because that thread is the container's own for it, and because
 * what the container does to end a connection may need one more of them: were all busy with steps
 * of ours, none would be left.
 */
final class SerialExecutor {

  private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

  private final Executor executor;
  private final Queue<Runnable> steps = new ArrayDeque<>();
  private boolean running;

  SerialExecutor(Executor executor) {
    this.executor = executor;
  }

  /** Runs a step now, or, where another one is under way, lets that one's thread run it next. */
  void run(Runnable step) {
    if (isFirst(step)) {
      drain();
    }
  }

  private boolean isFirst(Runnable step) {
    synchronized (steps) {
      steps.add(step);
      boolean first = !running;
      running = true;
      return first;
    }
  }

  /** Runs a step after those before it. Does nothing where the executor has been shut down. */
  void post(Runnable step) {
    if (!isFirst(step)) {
      return;
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
      } catch (RuntimeException | Error e) {
        // Also after an Error: a connection whose steps stop would never end.
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
