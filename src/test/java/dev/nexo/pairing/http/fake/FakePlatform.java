package dev.nexo.pairing.http.fake;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Time and threads, the server's own. */
@Component
public class FakePlatform {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Ticker ticker() {
    return Ticker.systemTicker();
  }

  @Produces
  @Singleton
  @SuppressWarnings("BanJNDI") // the name is a constant
  ScheduledExecutorService executor() throws NamingException {
    return InitialContext.doLookup("java:comp/DefaultManagedScheduledExecutorService");
  }
}
