package dev.nexo.pairing.ws;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs immediate tasks on the caller's thread, and scheduled ones when a test says so. */
final class HandDrivenExecutor extends ScheduledThreadPoolExecutor {

  private record Task(Runnable work, Duration delay, ScheduledFuture<?> future) {}

  private final List<Task> tasks = new CopyOnWriteArrayList<>();

  HandDrivenExecutor() {
    super(0);
  }

  /** Runs whatever was to run after, or every, such a time and has not been cancelled. */
  void pass(Duration delay) {
    tasks.stream().filter(task -> isArmed(task, delay)).forEach(task -> task.work().run());
  }

  /** How many tasks wait for such a time to pass. */
  long armed(Duration delay) {
    return tasks.stream().filter(task -> isArmed(task, delay)).count();
  }

  @Override
  public void execute(Runnable work) {
    work.run();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    ScheduledFuture<?> future = super.schedule(() -> {}, 1, TimeUnit.DAYS);
    tasks.add(new Task(work, Duration.ofNanos(unit.toNanos(delay)), future));
    return future;
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable work, long initial, long delay, TimeUnit unit) {
    return schedule(work, delay, unit);
  }

  private static boolean isArmed(Task task, Duration delay) {
    return task.delay().equals(delay) && !task.future().isCancelled();
  }
}
