package dev.nexo.pairing.session;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.SessionSettings;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.config.Texts;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.keys.KeyedMac;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.platform.PairingCodeGenerator;
import dev.nexo.pairing.store.AuditTrail;
import dev.nexo.pairing.store.MessageSealer;
import dev.nexo.pairing.testing.FixedPolicies;
import dev.nexo.pairing.testing.NoSealer;
import dev.nexo.pairing.testing.PairingEventLog;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.testkit.StubAdapters;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/** A server with only the packages {@code store} and {@code session}. */
final class SessionWorld implements AutoCloseable {

  static final SessionSettings ONE_DAY =
      new SessionSettings(Duration.ofHours(24), Optional.empty(), Duration.ofDays(30));
  private static final PageRequest ALL = new PageRequest(1000, null);

  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(2);
  final PairingEventLog notices = new PairingEventLog();
  final MovableClock clock;
  final FakeIssuer issuer;
  private final SeContainer container;

  SessionWorld(StorageSettings database, MovableClock clock, SessionSettings settings) {
    this(database, clock, settings, new FakeKeys("a key of the tests"), weld -> weld);
  }

  SessionWorld(
      StorageSettings database,
      MovableClock clock,
      SessionSettings settings,
      KeyedMac keys,
      UnaryOperator<SeContainerInitializer> more) {
    this.clock = clock;
    this.issuer = new FakeIssuer(clock);
    SeContainerInitializer weld =
        SeContainerInitializer.newInstance()
            .disableDiscovery()
            .addPackages(Database.class, AuditTrail.class, DatabaseSessionStore.class)
            .addBeanClasses(PairingEventLog.Observer.class, PairingCodeGenerator.class)
            .addExtensions(
                new Outside(
                    beans -> {
                      beans.add(Clock.class, clock);
                      beans.add(SetupCodeIssuer.class, issuer);
                      beans.add(KeyedMac.class, keys);
                      beans.add(SessionSettings.class, settings);
                      beans.add(ScheduledExecutorService.class, background);
                      beans.add(SecureRandom.class, new SecureRandom());
                      beans.add(IdSource.class, () -> UUID.randomUUID().toString());
                      beans.add(StorageSettings.class, database);
                      beans.add(PairingAdapterRegistry.class, new StubAdapters());
                      beans.add(MessageSealer.class, new NoSealer());
                      beans.add(Texts.class, Texts.STANDARD);
                      beans.add(Policies.class, new FixedPolicies(AccountPolicy.DEFAULT));
                      beans.add(PairingEventLog.class, notices);
                    }));
    container = more.apply(weld).initialize();
  }

  /** Receives beans. */
  private interface Beans {
    <T> void add(Class<T> type, T instance);
  }

  /** Gives beans. */
  private interface Giver {
    void giveTo(Beans beans);
  }

  /** Adds the beans that those packages do not have. */
  private static final class Outside implements Extension {

    private final Giver giver;

    Outside(Giver giver) {
      this.giver = giver;
    }

    @SuppressWarnings("unused")
    void add(@Observes AfterBeanDiscovery event) {
      giver.giveTo(
          new Beans() {
            @Override
            public <T> void add(Class<T> type, T instance) {
              event.addBean().types(type).scope(Dependent.class).createWith(context -> instance);
            }
          });
    }
  }

  PairingSessionStore sessions() {
    return get(PairingSessionStore.class);
  }

  Database database() {
    return get(Database.class);
  }

  List<AuditEntry> audit() {
    return get(PairingStore.class)
        .audit(new AuditFilter(AccountFilter.ALL, null, null), ALL)
        .items();
  }

  List<String> actions() {
    return audit().stream().map(AuditEntry::action).toList();
  }

  void sweep() {
    get(ExpiredSessionSweep.class).sweep(clock.instant());
  }

  <T> T get(Class<T> type) {
    return container.select(type).get();
  }

  @Override
  public void close() {
    container.close();
    background.shutdownNow();
  }
}
