package dev.nexo.pairing.platform;

import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Threads of this module's own, for work that requests wait for. The server's executor runs
 * requests and background work on the same few threads: if as many requests wait as there are
 * threads, the work that would end their wait has none. Makes a thread when there is work and no
 * idle one, and ends it after a minute without work; callers bound how much they ask for.
 * Thread-safe.
 */
@Component
public class WorkerThreads implements Executor {

  private static final String MANAGED = "java:comp/DefaultManagedThreadFactory";

  private final ThreadFactory factory = factory();
  private final ExecutorService threads = Executors.newCachedThreadPool(factory);

  /** The server's threads, which know this application; plain ones if there is no server. */
  @SuppressWarnings("BanJNDI") // the name is a constant, and java:comp never leaves the server
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
   * Runs work soon.
   *
   * @throws java.util.concurrent.RejectedExecutionException if the module stops
   */
  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  /**
   * Runs work soon, on a thread that has run nothing before and runs nothing after: for what a
   * server's thread-local state of other requests must not reach. Some 50 µs dearer than {@link
   * #execute}.
   */
  public void runAlone(Runnable work) {
    factory.newThread(work).start();
  }

  /** Takes no more work. */
  @PreDestroy
  void stop() {
    threads.shutdown();
  }
}
