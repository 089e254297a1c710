package dev.nexo.pairing.platform;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Produces the clocks, random source, id source and executor. Tests replace them. */
@Component
final class PlatformProducer {

  private static final String MANAGED = "java:comp/DefaultManagedScheduledExecutorService";

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  /** Returns the monotonic clock, for every wait: setting the system time does not change it. */
  @Produces
  @Singleton
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  IdSource ids() {
    return () -> UUID.randomUUID().toString();
  }

  /** Returns the server's executor, or one of this module if there is no server. */
  @Produces
  @Singleton
  @SuppressWarnings("BanJNDI") // the name is constant, and java:comp is local to the server
  ScheduledExecutorService executor() {
    try {
      return InitialContext.doLookup(MANAGED);
    } catch (NamingException e) {
      return new DaemonExecutor();
    }
  }

  /** Two daemon threads, which do not keep the process alive. */
  private static final class DaemonExecutor extends ScheduledThreadPoolExecutor {

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

  /** Stops this module's own executor. The server stops its executor itself. */
  void end(@Disposes ScheduledExecutorService executor) {
    if (executor instanceof DaemonExecutor) {
      executor.shutdownNow();
    }
  }
}
