package dev.nexo.pairing.internal;

import dev.nexo.pairing.StorageUnavailableException;
import java.util.concurrent.TimeUnit;

/**
 * How long the current thread may still wait for the database: {@value
 * StorageUnavailableException#MAX_WAIT_SECONDS} s for all calls of one request together, so that a
 * request with several calls does not take a multiple of that. A call outside a request has a
 * budget of its own. Only waits are spent: a request body that arrives slowly or a slow channel
 * adapter does not use up the budget.
 *
 * <p>An entry point opens the budget and closes it at the end, on the same thread. If the thread
 * has an open budget already, that one is used. Not thread-safe, for one thread.
 */
public final class StorageBudget implements AutoCloseable {

  private static final long TOTAL_NANOS =
      TimeUnit.SECONDS.toNanos(StorageUnavailableException.MAX_WAIT_SECONDS);

  /** Removed at the end of each request, so that the server's threads keep nothing of a module. */
  private static final ThreadLocal<StorageBudget> CURRENT = new ThreadLocal<>();

  private final Wait wait = new Wait();
  private int users;
  private int waits;
  private long waitStartedAt;
  private long spentNanos;

  private StorageBudget() {}

  /** Returns the budget of the request that this thread serves, or begins one. */
  public static StorageBudget open() {
    StorageBudget budget = CURRENT.get();
    if (budget == null) {
      budget = new StorageBudget();
      CURRENT.set(budget);
    }
    budget.users++;
    return budget;
  }

  /** Ends the budget if it was opened here, and not further out. */
  @Override
  public void close() {
    users--;
    if (users == 0) {
      CURRENT.remove();
    }
  }

  /** A wait of this thread for the database; a wait within another one is not counted twice. */
  public final class Wait implements AutoCloseable {

    private Wait() {}

    private void begin() {
      if (waits == 0) {
        waitStartedAt = System.nanoTime();
      }
      waits++;
    }

    /** Ends the wait, whose time is spent. */
    @Override
    public void close() {
      waits--;
      if (waits == 0) {
        spentNanos += System.nanoTime() - waitStartedAt;
      }
      StorageBudget.this.close();
    }
  }

  /** Begins a wait for the database, or for a thread that waits for it. */
  public static Wait startWait() {
    StorageBudget budget = open();
    budget.wait.begin();
    return budget.wait;
  }

  /** Returns how many nanoseconds this thread may still wait; zero or less if none. */
  public static long leftNanos() {
    StorageBudget budget = CURRENT.get();
    if (budget == null) {
      return TOTAL_NANOS;
    }
    long running = budget.waits == 0 ? 0 : System.nanoTime() - budget.waitStartedAt;
    return TOTAL_NANOS - budget.spentNanos - running;
  }

  /**
   * Gives the request the whole time again. For streams, which read or write any number of pages:
   * the budget limits each page.
   */
  public static void renew() {
    StorageBudget budget = CURRENT.get();
    if (budget != null) {
      budget.spentNanos = 0;
    }
  }
}
