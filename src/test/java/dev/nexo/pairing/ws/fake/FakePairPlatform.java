package dev.nexo.pairing.ws.fake;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.address.AddressBlock;
import dev.nexo.pairing.address.ProxySettings;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server's own executor, on which {@value #TIMES} s take one, so that no test waits for long.
 * This machine is a trusted proxy, so that a test can come from any address.
 */
@Component
public class FakePairPlatform {

  /** The factor by which delays are shortened. */
  public static final int TIMES = 5;

  @Produces
  @Singleton
  @SuppressWarnings("BanJNDI")
  ScheduledExecutorService executor() throws NamingException {
    ScheduledExecutorService managed =
        InitialContext.doLookup("java:comp/DefaultManagedScheduledExecutorService");
    return (ScheduledExecutorService)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ScheduledExecutorService.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(managed, faster(arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static Object[] faster(Object[] arguments) {
    if (arguments == null) {
      return null;
    }
    Object[] changed = arguments.clone();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] instanceof Long delay) {
        changed[i] = Math.max(1, delay / TIMES);
      }
    }
    return changed;
  }

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
  SecuritySettings security() {
    return new SecuritySettings(
        SecuritySettings.Accounts.BUILTIN, Optional.empty(), Path.of("operator.password"), false);
  }

  @Produces
  @Singleton
  ProxySettings.Source proxies() {
    ProxySettings proxies =
        new ProxySettings(AddressBlock.parse("127.0.0.1").stream().toList(), Optional.empty());
    return () -> proxies;
  }
}
