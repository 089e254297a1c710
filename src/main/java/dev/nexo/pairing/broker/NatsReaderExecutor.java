package dev.nexo.pairing.broker;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Runs the reader of one connection to NATS, and reports if it fails. The library catches only some
 * exceptions of its reader: after another one nothing is received any more, and the status stays
 * {@code CONNECTED}. Its thread ends by itself. Thread-safe.
 */
final class NatsReaderExecutor extends ThreadPoolExecutor {

  private static final long IDLE_SECONDS = 5;

  private final BiConsumer<NatsReaderExecutor, Throwable> listener;
  private volatile Throwable failure;

  NatsReaderExecutor(BiConsumer<NatsReaderExecutor, Throwable> listener) {
    super(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "nexo-pairing-nats-reader");
          thread.setDaemon(true);
          return thread;
        });
    this.listener = listener;
  }

  /** The exception with which the reader ended, or null. */
  Throwable failure() {
    return failure;
  }

  @Override
  protected void afterExecute(Runnable task, Throwable thrown) {
    Throwable cause = thrown == null ? failureOf(task) : thrown;
    if (cause != null) {
      failure = cause;
      listener.accept(this, cause);
    }
  }

  private static Throwable failureOf(Runnable task) {
    if (!(task instanceof Future<?> future) || !future.isDone()) {
      return null;
    }
    try {
      future.get();
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (CancellationException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
