package dev.nexo.pairing.testing;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.DroppedSenders;
import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.channel.SenderIdRules;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.AdapterSettings;
import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.internal.BusLossListener;
import dev.nexo.pairing.internal.DeliveryOrder;
import dev.nexo.pairing.internal.OwnerCommands;
import dev.nexo.pairing.outbox.Outbox;
import dev.nexo.pairing.outbox.OutboxDelivery;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.spi.BrokerMessage;
import dev.nexo.pairing.spi.DecisionListener;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.inject.Singleton;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.weld.bootstrap.spi.BeanDiscoveryMode;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** The channel and intake packages in a CDI container, with fakes for their dependencies. */
public final class ChannelWorld implements AutoCloseable {

  /** Broker settings without credentials and TLS. */
  public static final BrokerSettings.Tls NO_TLS =
      new BrokerSettings.Tls(Optional.empty(), Optional.empty(), Optional.empty());

  /** Settings of the container, made before it starts. */
  public static final class Builder {
    private BrokerSettings broker = broker(null);
    private BusSettings bus = new BusSettings(false, Optional.empty());
    private final Map<String, String> prefixes = new HashMap<>();
    private final List<Class<?>> beans = new ArrayList<>();
    private Consumer<BrokerMessage> observer;
    private InMemoryOutbox outbox;
    private Texts texts = Texts.STANDARD;
    private OwnerCommands commands = new NoOwnerCommands();
    private Clock clock = Clock.systemUTC();
    private Ticker ticker = Ticker.systemTicker();

    private static BrokerSettings broker(String url) {
      return new BrokerSettings(
          Optional.ofNullable(url),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          NO_TLS);
    }

    /** Uses NATS at a URL. */
    public Builder nats(String url) {
      return nats(broker(url));
    }

    /** Uses NATS with these settings. */
    public Builder nats(BrokerSettings settings) {
      broker = settings;
      return this;
    }

    /** Turns on the service on the bus. */
    public Builder service() {
      bus = new BusSettings(true, bus.forwardPrefix());
      return this;
    }

    /** Turns on the filter on the bus. */
    public Builder filter(String prefix) {
      bus = new BusSettings(bus.service(), Optional.of(prefix));
      return this;
    }

    /** Adds a brokered channel. */
    public Builder adapter(String channel, String prefix) {
      prefixes.put(channel, prefix);
      return this;
    }

    /** Adds a bean. */
    public Builder bean(Class<?> type) {
      beans.add(type);
      return this;
    }

    /** Adds an observer of the in-process broker's events. */
    public Builder observer(Consumer<BrokerMessage> consumer) {
      observer = consumer;
      return this;
    }

    /** Shares an outbox with another world. */
    public Builder outbox(InMemoryOutbox shared) {
      outbox = shared;
      return this;
    }

    /** Replaces the standard texts. */
    public Builder texts(Texts other) {
      texts = other;
      return this;
    }

    /** Executes the commands of owners. */
    public Builder commands(OwnerCommands other) {
      commands = other;
      return this;
    }

    /** Replaces the system clock. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /** Replaces the monotonic clock. */
    public Builder ticker(Ticker other) {
      ticker = other;
      return this;
    }

    /** Starts the container. */
    public ChannelWorld start() {
      return new ChannelWorld(this);
    }
  }

  private final InMemoryOutbox outbox;
  private final InMemoryGate gate;
  private final List<PairingEvent> notices = new CopyOnWriteArrayList<>();
  private final List<Decision> counted = new CopyOnWriteArrayList<>();
  private final AtomicLong lost = new AtomicLong();
  private final List<String> moves = new CopyOnWriteArrayList<>();
  private final RecordedDrops drops = new RecordedDrops();
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(24);
  private final WeldContainer container;

  private ChannelWorld(Builder builder) {
    outbox = builder.outbox == null ? new InMemoryOutbox(builder.clock) : builder.outbox;
    gate = new InMemoryGate(builder.clock, outbox);
    Weld weld =
        new Weld("world-" + UUID.randomUUID())
            .disableDiscovery()
            .setBeanDiscoveryMode(BeanDiscoveryMode.ANNOTATED)
            .addPackages(
                true,
                OutboxDelivery.class,
                SenderIdRules.class,
                Broker.class,
                type("intake.GatedIntake"))
            .addExtension(new Fakes(builder));
    builder.beans.forEach(weld::addBeanClass);
    try {
      container = weld.initialize();
    } catch (RuntimeException e) {
      executor.shutdownNow();
      throw e;
    }
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName("dev.nexo.pairing." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Builds a world, by default with the in-process broker. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a bean of the container. */
  public <T> T get(Class<T> type) {
    return container.select(type).get();
  }

  /** The outbox. */
  public InMemoryOutbox outbox() {
    return outbox;
  }

  /** The gate. */
  public InMemoryGate gate() {
    return gate;
  }

  /** The CDI events fired so far. */
  public List<PairingEvent> notices() {
    return notices;
  }

  /** The events that the listener received so far. */
  public List<Decision> counted() {
    return counted;
  }

  /** The number of messages from the bus that were reported as discarded. */
  public long lost() {
    return lost.get();
  }

  /** The groups that were moved. */
  public List<String> moves() {
    return moves;
  }

  /** The messages that the intake dropped before the gate: sender, reason and text. */
  public List<String> dropped() {
    return drops.all();
  }

  @Override
  public void close() {
    container.close();
    executor.shutdownNow();
  }

  private final class Fakes implements Extension {
    private final Builder builder;

    private Fakes(Builder builder) {
      this.builder = builder;
    }

    /** The outbox is always in memory. */
    @SuppressWarnings("unused") // the container calls it
    void veto(@Observes ProcessAnnotatedType<? extends Outbox> type) {
      type.veto();
    }

    @SuppressWarnings("unused") // the container calls it
    void add(@Observes AfterBeanDiscovery after) {
      bean(after, BrokerSettings.class, builder.broker);
      bean(after, BusSettings.class, builder.bus);
      bean(after, AdapterSettings.class, new AdapterSettings(builder.prefixes));
      bean(after, Clock.class, builder.clock);
      bean(after, Ticker.class, builder.ticker);
      bean(after, DeliveryOrder.class, sender -> {});
      bean(after, BusLossListener.class, (receiver, count) -> lost.addAndGet(count));
      bean(after, IdSource.class, () -> UUID.randomUUID().toString());
      bean(after, Policies.class, new OpenAccount());
      bean(after, Texts.class, builder.texts);
      bean(after, ScheduledExecutorService.class, executor);
      bean(after, WorkerThreads.class, new WorkerThreads());
      bean(after, Outbox.class, outbox);
      bean(after, PairingGate.class, gate);
      bean(after, DecisionListener.class, new Counting());
      bean(after, DroppedSenders.class, drops);
      bean(after, PairingStore.class, store());
      bean(after, OwnerCommands.class, builder.commands);
      after
          .<PairingEvent>addObserverMethod()
          .observedType(PairingEvent.class)
          .notifyWith(event -> notices.add(event.getEvent()));
      if (builder.observer != null) {
        after
            .<BrokerMessage>addObserverMethod()
            .observedType(BrokerMessage.class)
            .notifyWith(event -> builder.observer.accept(event.getEvent()));
      }
    }

    private static <T> void bean(AfterBeanDiscovery after, Class<T> type, T instance) {
      after
          .<T>addBean()
          .types(type, Object.class)
          .scope(Singleton.class)
          .createWith(context -> instance);
    }
  }

  private final class Counting implements DecisionListener {
    @Override
    public void admittedFromCache(String channel) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void decided(String channel, Decision decision, long nanos) {
      counted.add(decision);
    }
  }

  /** The intake uses the store to move groups, and for nothing else. */
  private PairingStore store() {
    return (PairingStore)
        Proxy.newProxyInstance(
            PairingStore.class.getClassLoader(),
            new Class<?>[] {PairingStore.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("moveGroup")) {
                throw new UnsupportedOperationException(method.getName());
              }
              moves.add(arguments[0] + " to " + arguments[1]);
              return true;
            });
  }

  /**
   * A policy that challenges on every account except {@code open}, and pairs groups on {@code
   * paired}.
   */
  private static final class OpenAccount implements Policies {

    @Override
    public AccountPolicy of(ChannelAccount account) {
      return new AccountPolicy(
          !account.accountId().equals("open"),
          false,
          30,
          account.accountId().equals("paired"),
          0,
          Set.of());
    }

    @Override
    public AccountPolicy general() {
      return of(new ChannelAccount("chat", "unknown"));
    }

    @Override
    public boolean anyChallenge() {
      return true;
    }

    @Override
    public List<ChannelAccount> accounts() {
      return List.of();
    }
  }
}
