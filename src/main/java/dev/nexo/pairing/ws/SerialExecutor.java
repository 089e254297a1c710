package dev.nexo.pairing.ws;

import dev.nexo.pairing.internal.LogMessage;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Runs the steps of one connection one after another, in the order of their arrival. Thread-safe.
 *
 * <p>Frames of the peer run on the thread that received them; all other steps run on an executor,
 * so that a caller that revokes a session does not wait for a peer. Frames stay on the container's
 * thread, because the container may need another executor thread to end a connection: if frames
 * used them all, none would be free.
 */
final class SerialExecutor {

  private static final System.Logger LOG = System.getLogger(SerialExecutor.class.getName());

  private final Executor executor;
  private final Queue<Runnable> steps = new ArrayDeque<>();
  private boolean running;

  SerialExecutor(Executor executor) {
    this.executor = executor;
  }

  /**
   * Runs a step on the calling thread, or, if another step is running, on that step's thread after
   * it.
   */
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

  /**
   * Runs a step on the executor, after the steps before it. Does nothing if the executor has been
   * shut down.
   */
  void post(Runnable step) {
    if (!isFirst(step)) {
      return;
    }
    try {
      executor.execute(this::drain);
    } catch (RejectedExecutionException e) {
      // The server is stopping, and its connections end with it.
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
        // Continues after an Error, too: a connection without steps would never end.
        LogMessage.HANDSHAKE_FAILED.log(LOG, e);
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
