package dev.nexo.pairing.platform;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Time, randomness and threads, from the platform. Tests give other ones. */
@Component
final class PlatformProducer {

  private static final String MANAGED = "java:comp/DefaultManagedScheduledExecutorService";

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  /** The server's executor, else, where there is no server, one of our own. */
  @Produces
  @Singleton
  @SuppressWarnings("BanJNDI") // the name is a constant, and java:comp never leaves the server
  ScheduledExecutorService executor() {
    try {
      return InitialContext.doLookup(MANAGED);
    } catch (NamingException e) {
      return new DaemonExecutor();
    }
  }

  /** The server's executor is the server's to end. */
  void end(@Disposes ScheduledExecutorService executor) {
    if (executor instanceof DaemonExecutor) {
      executor.shutdownNow();
    }
  }
}
