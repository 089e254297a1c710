package dev.nexo.pairing.testing;

import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.IdSource;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.StorageSettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The rooms {@code store} and {@code gate} in a CDI container, with a clock that tests move. */
public final class PairingContainer implements AutoCloseable {

  private final MovableClock clock = new MovableClock();
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);
  private final NoticeLog notices = new NoticeLog();
  private final SeContainer container;

  /** Opens the container over this database file. */
  public PairingContainer(Path database) {
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addPackages(room("store.Database"), room("gate.Gate"))
            .addBeanClasses(NoticeLog.Observer.class)
            .addExtensions(new Outside(database))
            .initialize();
  }

  private static Class<?> room(String name) {
    try {
      return Class.forName("dev.nexo.pairing." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What lies outside the two rooms. */
  private final class Outside implements Extension {

    private final Path database;

    Outside(Path database) {
      this.database = database;
    }

    @SuppressWarnings("unused")
    void add(@Observes AfterBeanDiscovery beans) {
      add(beans, Clock.class, clock);
      add(beans, ScheduledExecutorService.class, background);
      add(beans, SecureRandom.class, new SecureRandom());
      add(beans, IdSource.class, () -> UUID.randomUUID().toString());
      add(beans, StorageSettings.class, new StorageSettings(database));
      add(beans, PairingAdapterRegistry.class, new StubAdapters());
      add(beans, NoticeLog.class, notices);
      add(
          beans,
          Policies.class,
          new Policies() {
            @Override
            public boolean autoChallenge(String channel, String accountId) {
              return true;
            }

            @Override
            public boolean anyChallenge() {
              return true;
            }
          });
    }

    private <T> void add(AfterBeanDiscovery beans, Class<T> type, T instance) {
      beans.addBean().types(type).scope(Dependent.class).createWith(context -> instance);
    }
  }

  public MovableClock clock() {
    return clock;
  }

  public NoticeLog notices() {
    return notices;
  }

  public PairingGate gate() {
    return get(PairingGate.class);
  }

  public PairingStore store() {
    return get(PairingStore.class);
  }

  public <T> T get(Class<T> type) {
    return container.select(type).get();
  }

  @Override
  public void close() {
    container.close();
    background.shutdownNow();
  }
}
