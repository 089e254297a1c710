package dev.nexo.pairing.testing;

import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.AdapterSettings;
import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.config.BusSettings;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** The rooms {@code store} and {@code gate} in a CDI container, with a clock that tests move. */
public final class PairingContainer implements AutoCloseable {

  private static final BrokerSettings IN_PROCESS =
      new BrokerSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          new BrokerSettings.Tls(Optional.empty(), Optional.empty(), Optional.empty()));

  private final MovableClock clock = new MovableClock();
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);
  private final NoticeLog notices = new NoticeLog();
  private final SeContainer container;

  /** Opens the container over this database file, with adapters that are no real ones. */
  public PairingContainer(Path database) {
    container =
        rooms(
                beans -> {
                  addOutside(beans, database);
                  add(beans, PairingAdapterRegistry.class, new StubAdapters());
                })
            .initialize();
  }

  private <T> PairingContainer(Path database, Class<T> platformType, T platform) {
    container =
        rooms(
                beans -> {
                  addOutside(beans, database);
                  add(beans, platformType, platform);
                  add(beans, BusSettings.class, new BusSettings(false, Optional.empty()));
                  add(beans, AdapterSettings.class, new AdapterSettings(Map.of()));
                  add(beans, BrokerSettings.class, IN_PROCESS);
                })
            .addPackages(
                room("channel.AdapterRegistry"),
                room("channel.whatsapp.WhatsAppAdapter"),
                room("channel.telegram.TelegramAdapter"),
                room("channel.broker.Broker"),
                room("telemetry.Counters"))
            .initialize();
  }

  /** The same with the real adapters and metrics, for which the platform gives one type more. */
  public static <T> PairingContainer withAllRooms(
      Path database, Class<T> platformType, T platform) {
    return new PairingContainer(database, platformType, platform);
  }

  private static SeContainerInitializer rooms(Consumer<AfterBeanDiscovery> outside) {
    return SeContainerInitializer.newInstance()
        .disableDiscovery()
        .addPackages(room("store.Database"), room("gate.Gate"))
        .addBeanClasses(NoticeLog.Observer.class)
        .addExtensions(new Outside(outside));
  }

  private static Class<?> room(String name) {
    try {
      return Class.forName("dev.nexo.pairing." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Adds what no room has. */
  private static final class Outside implements Extension {

    private final Consumer<AfterBeanDiscovery> beans;

    Outside(Consumer<AfterBeanDiscovery> beans) {
      this.beans = beans;
    }

    @SuppressWarnings("unused")
    void add(@Observes AfterBeanDiscovery event) {
      beans.accept(event);
    }
  }

  /** What lies outside the two rooms. */
  private void addOutside(AfterBeanDiscovery beans, Path database) {
    add(beans, Clock.class, clock);
    add(beans, ScheduledExecutorService.class, background);
    add(beans, SecureRandom.class, new SecureRandom());
    add(beans, IdSource.class, () -> UUID.randomUUID().toString());
    add(beans, StorageSettings.class, StorageSettings.file(database));
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

          @Override
          public List<Account> accounts() {
            return List.of(new Account("chat", "configured"));
          }
        });
  }

  private static <T> void add(AfterBeanDiscovery beans, Class<T> type, T instance) {
    beans.addBean().types(type).scope(Dependent.class).createWith(context -> instance);
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
