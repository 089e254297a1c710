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
 * Runs tasks in one queue for each key. Tasks start in the order of their queue and never wait for
 * tasks of another key. The number and the weight of tasks are bounded. Thread-safe.
 */
public final class KeyedExecutor {

  private static final Logger LOG = System.getLogger(KeyedExecutor.class.getName());

  private record Task(long weight, Runnable work) {}

  /** The queue of one key. It exists while a task of the key waits or runs. */
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
   * @param width how many tasks of one key may run at once; 1 runs them one after another
   * @param depth how many tasks of one key may wait
   * @param maxWeight the maximum total weight of all waiting and running tasks
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
   * @param key the key of the queue
   * @param weight the weight, in the unit of the limit: bytes, or 1 for each task
   * @param work the task; its exceptions are logged
   * @return false if a limit is reached, or after {@link #close}
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

  /** The total weight of all waiting and running tasks. */
  public synchronized long weight() {
    return weight;
  }

  /**
   * Rejects new tasks, drops waiting tasks, and waits until the running tasks have ended.
   *
   * @param seconds the longest time to wait
   * @return whether all running tasks have ended
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
