package dev.nexo.pairing.held;

import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingAdapterRegistry;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.PendingOutcome;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.PendingRequest.HeldMessages;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.broker.Broker;
import dev.nexo.pairing.config.AccountPolicy;
import dev.nexo.pairing.config.AdapterSettings;
import dev.nexo.pairing.config.BrokerSettings;
import dev.nexo.pairing.config.BusSettings;
import dev.nexo.pairing.config.Policies;
import dev.nexo.pairing.config.RequesterNotice;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.OwnerCommands;
import dev.nexo.pairing.store.MessageSealer;
import dev.nexo.pairing.testing.ChannelWorld;
import dev.nexo.pairing.testing.NatsServer;
import dev.nexo.pairing.testing.NoOwnerCommands;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.RawNats;
import dev.nexo.pairing.testing.TestDatabase;
import dev.nexo.pairing.testkit.MovableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

/** A server with a real database, a real broker and the filter on the bus. */
abstract class HeldContract {

  static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  static final String PREFIX = "agents.inbound";

  @TempDir Path directory;
  @Parameter TestDatabase database = TestDatabase.SQLITE;
  final MovableClock clock = new MovableClock();
  StorageSettings storage;
  NatsServer nats;
  RawNats client;
  PairingContainer pairing;
  volatile int limit = 2;

  @BeforeEach
  void start() {
    storage = database.create(directory.resolve("pairing.db"));
    nats = NatsServer.started();
    pairing = server(PREFIX);
    client = nats.client().subscribe("agents.>");
  }

  @AfterEach
  void stop() {
    client.close();
    pairing.close();
    nats.close();
  }

  /** Opens a server; all of a test have one database, one key file and one clock. */
  PairingContainer server(String prefix) {
    BrokerSettings broker =
        new BrokerSettings(
            Optional.of(nats.url()),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ChannelWorld.NO_TLS);
    PairingContainer opened =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(StorageSettings.class, storage)
            .with(Clock.class, clock)
            .with(Policies.class, new HoldingPolicies())
            .with(BusSettings.class, new BusSettings(false, Optional.ofNullable(prefix)))
            .with(AdapterSettings.class, new AdapterSettings(Map.of()))
            .with(BrokerSettings.class, broker)
            .with(OwnerCommands.class, new NoOwnerCommands())
            .without(PairingAdapterRegistry.class)
            .without(MessageSealer.class)
            .include("channel.AdapterRegistry")
            .include("broker.Broker")
            .include("outbox.Outbox")
            .include("intake.GatedIntake")
            .include("keys.KeyedMac")
            .include("setupcode.SpentNonces")
            .include("held.HeldCourier")
            .include("held.module.ReleasedLog")
            .open();
    await().atMost(Duration.ofSeconds(15)).until(() -> opened.get(Broker.class).connections() > 0);
    return opened;
  }

  /** Challenges everyone and holds as many messages as the test says. */
  private final class HoldingPolicies implements Policies {

    @Override
    public AccountPolicy of(ChannelAccount account) {
      return new AccountPolicy(true, false, 30, false, limit, Set.<RequesterNotice>of());
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

  static SenderKey key(String sender) {
    return new SenderKey("sms", "default", sender);
  }

  /** An envelope with whitespace and escapes, which must arrive as it is. */
  static String envelope(String sender, String text) {
    return " {\"id\": \"x-%s\", \"n\" : [1.50, \"\\u00e9\"],\"payload\":{\"from\":\"%s\",\"text\":\"%s\"}}\n"
        .formatted(text.length() > 20 ? "long" : text, sender, text);
  }

  void write(String sender, String text) {
    client.publish("plugin.inbound.sms", null, envelope(sender, text));
  }

  List<PendingRequest> pending() {
    return pairing.store().pending(AccountFilter.ALL, new PageRequest(100, null)).items();
  }

  PendingRequest request(String sender) {
    return pending().stream()
        .filter(request -> request.sender().senderId().equals(sender))
        .findFirst()
        .orElseThrow();
  }

  /** Waits until a sender has as many held messages. */
  HeldMessages awaitHeld(String sender, int count) {
    await()
        .atMost(Duration.ofSeconds(15))
        .until(
            () ->
                pending().stream()
                    .filter(request -> request.sender().senderId().equals(sender))
                    .anyMatch(
                        request ->
                            pairing
                                    .store()
                                    .held(request.requestId())
                                    .orElseThrow()
                                    .messages()
                                    .size()
                                == count));
    return pairing.store().held(request(sender).requestId()).orElseThrow();
  }

  PendingOutcome.Done approve(String sender) {
    return (PendingOutcome.Done)
        pairing.store().approve(request(sender).requestId(), AllowTerms.NONE, false, OPERATOR);
  }

  PairingIntake intake() {
    return pairing.get(PairingIntake.class);
  }

  Connection outside() throws SQLException {
    return DriverManager.getConnection(
        storage.url().orElse("jdbc:sqlite:" + storage.path()),
        storage.username().orElse(null),
        storage.password().orElse(null));
  }

  /** Runs statements like another program. */
  void sql(String... statements) throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  long count(String table) throws SQLException {
    try (Connection connection = outside();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  void awaitNothingHeld() {
    await().atMost(Duration.ofSeconds(30)).until(() -> count("pairing_held") == 0);
  }
}
