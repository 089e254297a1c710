package dev.nexo.pairing.platform;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Runs work that requests wait for, on threads of this module.
 *
 * <p>The server runs requests and background work on the same few threads. If every thread ran a
 * waiting request, no thread would be left for the work they wait for. This executor creates a
 * thread if none is idle, and ends a thread after a minute without work. It has no limit; callers
 * limit their own tasks. Thread-safe.
 */
@Component
public class WorkerThreads implements Executor {

  private static final String MANAGED = "java:comp/DefaultManagedThreadFactory";

  private final ThreadFactory factory = factory();
  private final ExecutorService threads = Executors.newCachedThreadPool(factory);

  /** The server's managed threads, which know this application, or plain ones without a server. */
  @SuppressWarnings("BanJNDI") // the name is constant, and java:comp is local to the server
  private static ThreadFactory factory() {
    try {
      return InitialContext.doLookup(MANAGED);
    } catch (NamingException e) {
      return work -> {
        Thread thread = new Thread(work, "pairing-worker");
        thread.setDaemon(true);
        return thread;
      };
    }
  }

  /**
   * Runs work on an idle or a new thread.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the module stops
   */
  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  /**
   * Runs work on a new thread that is used only once, for work that must not see the thread-local
   * state of other requests. Takes about 50 µs more than {@link #execute}.
   */
  public void runAlone(Runnable work) {
    factory.newThread(work).start();
  }

  /** Rejects new work and lets running work end. */
  @PreDestroy
  void stop() {
    threads.shutdown();
  }
}
