package dev.nexo.pairing.platform;

import dev.nexo.pairing.internal.LogMessage;
import java.lang.System.Logger;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks by key: tasks of one key run in order, and never wait for tasks of another key.
 * Thread-safe and bounded.
 */
public final class KeyedExecutor {

  private static final Logger LOG = System.getLogger(KeyedExecutor.class.getName());

  private record Task(long weight, Runnable work) {}

  /** The tasks of one key; exists while any of them waits or runs. */
  private static final class TaskQueue {
    private final Queue<Task> waiting = new ArrayDeque<>();
    private int running;
  }

  private final Executor executor;
  private final int width;
  private final int depth;
  private final long maxWeight;
  private final Map<String, TaskQueue> queues = new HashMap<>();
  private long weight;
  private int running;
  private boolean closed;

  /**
   * Creates an executor without tasks.
   *
   * @param executor runs the tasks
   * @param width how many tasks of one key run at once; 1 keeps their order
   * @param depth how many tasks of one key may wait
   * @param maxWeight the most that all waiting and running tasks may weigh together
   */
  public KeyedExecutor(Executor executor, int width, int depth, long maxWeight) {
    this.executor = executor;
    this.width = width;
    this.depth = depth;
    this.maxWeight = maxWeight;
  }

  /**
   * Adds a task.
   *
   * @param key the tasks it takes turns with
   * @param weight what it counts for, in bytes or as 1
   * @param work what to do; what it throws is logged
   * @return false if there is no space for it, or after {@link #close}
   */
  public synchronized boolean submit(String key, long weight, Runnable work) {
    if (closed || this.weight + weight > maxWeight) {
      return false;
    }
    TaskQueue queue = queues.computeIfAbsent(key, k -> new TaskQueue());
    if (queue.waiting.size() >= depth) {
      return false;
    }
    Task task = new Task(weight, work);
    queue.waiting.add(task);
    this.weight += weight;
    if (queue.running == width) {
      return true;
    }
    queue.running++;
    running++;
    try {
      executor.execute(() -> drain(key, queue));
      return true;
    } catch (RejectedExecutionException e) {
      queue.waiting.remove(task);
      this.weight -= weight;
      ended(key, queue);
      return false;
    }
  }

  private void drain(String key, TaskQueue queue) {
    Task task;
    while ((task = next(key, queue)) != null) {
      try {
        task.work().run();
      } catch (Throwable e) {
        // Whatever it was: a queue that ends here would never be drained again.
        LogMessage.TASK_FAILED.log(LOG, key, e.getClass().getName());
      } finally {
        done(task);
      }
    }
  }

  private synchronized Task next(String key, TaskQueue queue) {
    Task task = queue.waiting.poll();
    if (task == null) {
      ended(key, queue);
    }
    return task;
  }

  private synchronized void ended(String key, TaskQueue queue) {
    queue.running--;
    running--;
    if (queue.running == 0 && queue.waiting.isEmpty()) {
      queues.remove(key, queue);
    }
    notifyAll();
  }

  private synchronized void done(Task task) {
    weight -= task.weight();
  }

  /** What all waiting and running tasks weigh together. */
  public synchronized long weight() {
    return weight;
  }

  /**
   * Accepts no more tasks, drops those that wait, and waits until those that run have ended.
   *
   * @param seconds how long to wait at most
   * @return whether all have ended
   */
  public synchronized boolean close(int seconds) {
    closed = true;
    for (TaskQueue queue : queues.values()) {
      queue.waiting.forEach(task -> weight -= task.weight());
      queue.waiting.clear();
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
