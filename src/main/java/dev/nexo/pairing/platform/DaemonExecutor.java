package dev.nexo.pairing.platform;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Background work where there is no server: two threads that keep no process alive. */
final class DaemonExecutor extends ScheduledThreadPoolExecutor {

  DaemonExecutor() {
    super(
        2,
        work -> {
          Thread thread = new Thread(work, "pairing-background");
          thread.setDaemon(true);
          return thread;
        });
    setRemoveOnCancelPolicy(true);
  }
}
