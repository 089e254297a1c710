package dev.nexo.pairing.platform;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Work in lanes: what is in one lane keeps its order and never waits for another lane. A lane is
 * there as long as something is in it. Thread-safe and bounded.
 */
public final class KeyedExecutor {

  private static final Logger LOG = System.getLogger(KeyedExecutor.class.getName());

  private record Task(long weight, Runnable work) {}

  private static final class Lane {
    private final Queue<Task> waiting = new ArrayDeque<>();
    private int running;
  }

  private final Executor executor;
  private final int width;
  private final int depth;
  private final long maxWeight;
  private final Map<String, Lane> lanes = new HashMap<>();
  private long weight;
  private int running;
  private boolean closed;

  /**
   * Makes lanes that are empty.
   *
   * @param executor runs the work
   * @param width how much of a lane is done at once; 1 keeps its order
   * @param depth how much may wait in one lane
   * @param maxWeight how much may wait and run in all lanes together
   */
  public KeyedExecutor(Executor executor, int width, int depth, long maxWeight) {
    this.executor = executor;
    this.width = width;
    this.depth = depth;
    this.maxWeight = maxWeight;
  }

  /**
   * Puts work into a lane.
   *
   * @param name the lane's name
   * @param weight what it counts for, bytes or one each
   * @param work what to do; what it throws is logged
   * @return false where there is no room, or after closing
   */
  public boolean submit(String name, long weight, Runnable work) {
    synchronized (this) {
      if (closed || this.weight + weight > maxWeight) {
        return false;
      }
      Lane lane = lanes.computeIfAbsent(name, n -> new Lane());
      if (lane.waiting.size() >= depth) {
        return false;
      }
      Task task = new Task(weight, work);
      lane.waiting.add(task);
      this.weight += weight;
      if (lane.running == width) {
        return true;
      }
      return start(name, lane, task);
    }
  }

  private boolean start(String name, Lane lane, Task task) {
    lane.running++;
    running++;
    try {
      executor.execute(() -> drain(name, lane));
      return true;
    } catch (RejectedExecutionException e) {
      lane.waiting.remove(task);
      weight -= task.weight();
      ended(name, lane);
      return false;
    }
  }

  private void drain(String name, Lane lane) {
    Task task;
    while ((task = next(name, lane)) != null) {
      try {
        task.work().run();
      } catch (Throwable e) {
        // Whatever it was: a lane that ends here would never be drained again.
        LOG.log(Level.WARNING, "Work in lane {0} failed: {1}", name, e.getClass().getName());
      } finally {
        done(task);
      }
    }
  }

  private synchronized Task next(String name, Lane lane) {
    Task task = lane.waiting.poll();
    if (task == null) {
      ended(name, lane);
    }
    return task;
  }

  private synchronized void ended(String name, Lane lane) {
    lane.running--;
    running--;
    if (lane.running == 0 && lane.waiting.isEmpty()) {
      lanes.remove(name, lane);
    }
    notifyAll();
  }

  private synchronized void done(Task task) {
    weight -= task.weight();
  }

  /** What waits and runs in all lanes together. */
  public synchronized long weight() {
    return weight;
  }

  /**
   * Takes no more work, forgets what waits and gives what runs a little time to end.
   *
   * @param seconds how long to wait at most
   * @return whether everything has ended
   */
  public synchronized boolean close(int seconds) {
    closed = true;
    for (Lane lane : lanes.values()) {
      lane.waiting.forEach(task -> weight -= task.weight());
      lane.waiting.clear();
    }
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (running > 0) {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
          return false;
        }
        wait(millis);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
