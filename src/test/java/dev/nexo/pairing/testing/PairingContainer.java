package dev.nexo.pairing.testing;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.AdapterSettings;
import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.config.GatewaySettings;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.store.MessageSealer;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.testkit.StubAdapters;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The packages {@code store} and {@code gate}, and others by name, in a CDI container with clocks
 * that tests move.
 */
public final class PairingContainer implements AutoCloseable {

  private final MovableClock clock;
  private final MovableTicker ticker;
  private final ScheduledExecutorService background;
  private final PairingEventLog notices = new PairingEventLog();
  private final SeContainer container;

  /** Opens a container on a database file, with stub adapters. */
  public PairingContainer(Path database) {
    this(over(database));
  }

  private PairingContainer(Opening opening) {
    clock = (MovableClock) opening.outside.get(Clock.class);
    ticker = (MovableTicker) opening.outside.get(Ticker.class);
    background = Executors.newScheduledThreadPool(2);
    opening.with(ScheduledExecutorService.class, background).with(PairingEventLog.class, notices);
    container =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addPackages(
                opening.packages.stream().map(PairingContainer::type).toArray(Class<?>[]::new))
            .addBeanClasses(
                PairingEventLog.Observer.class,
                type("platform.PairingCodeGenerator"),
                type("outbox.DatabaseOutbox"))
            .addExtensions(new Outside(opening.outside))
            .initialize();
  }

  /** Opens a container with the real adapters and metrics, which need one more platform type. */
  public static <T> PairingContainer withAllPackages(
      Path database, Class<T> platformType, T platform) {
    return over(database)
        .with(platformType, platform)
        .withOutbox()
        .include("keys.KeyedMac")
        .include("setupcode.SpentNonces")
        .include("session.SessionRepository")
        .include("held.HeldCourier")
        .without(MessageSealer.class)
        .include("telemetry.PairingMeter")
        .open();
  }

  /** Starts to build a container on a database file. */
  public static Opening over(Path database) {
    return new Opening(database);
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("dev.nexo.pairing." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Builds a container from packages, and one bean for each type that no package provides. */
  public static final class Opening {

    private static final BrokerSettings IN_PROCESS =
        new BrokerSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new BrokerSettings.Tls(Optional.empty(), Optional.empty(), Optional.empty()));

    private final Set<String> packages =
        new LinkedHashSet<>(List.of("database.Database", "store.GateStore", "gate.CachingGate"));
    private final Map<Class<?>, Object> outside = new LinkedHashMap<>();

    /** Without a budget, because some tests challenge many strangers. */
    private static final AccountPolicy CHALLENGE_ALL =
        new AccountPolicy(true, false, 100_000, false, 0, Set.of());

    private Opening(Path database) {
      with(Clock.class, new MovableClock());
      with(Ticker.class, new MovableTicker());
      with(SecureRandom.class, new SecureRandom());
      with(IdSource.class, () -> UUID.randomUUID().toString());
      with(WorkerThreads.class, new WorkerThreads());
      with(StorageSettings.class, StorageSettings.file(database));
      with(Policies.class, new FixedPolicies(CHALLENGE_ALL));
      with(PairingAdapterRegistry.class, new StubAdapters());
      with(MessageSealer.class, new NoSealer());
      with(Texts.class, Texts.STANDARD);
      with(
          SessionSettings.class,
          new SessionSettings(Duration.ofHours(24), Optional.empty(), Duration.ofDays(30)));
      home(database.resolveSibling("home"));
    }

    /** Adds the package of a class, for example {@code setupcode.SpentNonces}. */
    public Opening include(String oneOfItsClasses) {
      packages.add(oneOfItsClasses);
      return this;
    }

    /** Adds a bean, which replaces the default bean of its type. */
    public <T> Opening with(Class<T> type, T bean) {
      outside.put(type, bean);
      return this;
    }

    /** Removes a default bean, because an added package provides it. */
    public Opening without(Class<?> type) {
      outside.remove(type);
      return this;
    }

    /** Adds the real adapters and the delivery of the outbox, with the in-process broker. */
    public Opening withOutbox() {
      return without(PairingAdapterRegistry.class)
          .with(BusSettings.class, new BusSettings(false, Optional.empty()))
          .with(AdapterSettings.class, new AdapterSettings(Map.of()))
          .with(BrokerSettings.class, IN_PROCESS)
          .include("channel.AdapterRegistry")
          .include("channel.whatsapp.WhatsAppAdapter")
          .include("channel.telegram.TelegramAdapter")
          .include("broker.Broker")
          .include("outbox.Outbox");
    }

    /** The default settings of setup codes in a {@code NEXO_HOME}, with a gateway URL. */
    public Opening home(Path home) {
      Path key = home.resolve("secret").resolve("pairing.key");
      return with(
              SetupCodeSettings.class,
              new SetupCodeSettings(key, List.of(), Duration.ofSeconds(60)))
          .with(
              GatewaySettings.class,
              new GatewaySettings(
                  Optional.of("wss://nexo.example.com"),
                  Optional.empty(),
                  home.resolve("state").resolve("tunnel.url"),
                  List.of()));
    }

    /** Opens the container. Containers may share a clock. */
    public PairingContainer open() {
      return new PairingContainer(this);
    }
  }

  /** Adds the beans that no package provides. */
  private static final class Outside implements Extension {

    private final Map<Class<?>, Object> beans;

    Outside(Map<Class<?>, Object> beans) {
      this.beans = Map.copyOf(beans);
    }

    @SuppressWarnings("unused")
    void add(@Observes AfterBeanDiscovery event) {
      beans.forEach(
          (type, bean) ->
              event.addBean().types(type).scope(Dependent.class).createWith(context -> bean));
    }
  }

  public MovableClock clock() {
    return clock;
  }

  public MovableTicker ticker() {
    return ticker;
  }

  public PairingEventLog notices() {
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
