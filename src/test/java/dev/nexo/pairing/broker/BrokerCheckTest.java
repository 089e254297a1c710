package dev.nexo.pairing.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.Finding.Level;
import dev.nexo.pairing.outbox.OutboxCheck;
import dev.nexo.pairing.testing.InMemoryOutbox;
import dev.nexo.pairing.testkit.MovableClock;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Broker check of the doctor")
class BrokerCheckTest {

  private final MovableClock clock = new MovableClock();
  private final InMemoryOutbox outbox = new InMemoryOutbox(clock);

  private static Finding found(BrokerState state, boolean audience, String fault) {
    Broker broker =
        Broker.class.cast(
            Proxy.newProxyInstance(
                Broker.class.getClassLoader(),
                new Class<?>[] {Broker.class},
                (self, method, arguments) ->
                    switch (method.getName()) {
                      case "state" -> state;
                      case "hasAudience" -> audience;
                      case "fault" -> Optional.ofNullable(fault);
                      default -> throw new UnsupportedOperationException(method.getName());
                    }));
    return new BrokerCheck(broker).examine().get(0);
  }

  private Finding waiting() {
    return new OutboxCheck(outbox, clock).examine().get(0);
  }

  @ParameterizedTest(name = "{0}, audience {1}: {3}")
  @CsvSource({
    "CONNECTED,true,,OK,connected",
    "IN_PROCESS,true,,OK,a module observes",
    "IN_PROCESS,false,,WARNING,no module observes",
    "NEVER_CONNECTED,true,Connection refused,FAULT,not connected to NATS yet (Connection refused)",
    "RECONNECTING,true,the connection was lost,FAULT,not connected to NATS (the connection was lost)"
  })
  @DisplayName("The finding says that the broker is connected, or why not")
  void connection(BrokerState state, boolean audience, String fault, Level level, String says) {
    Finding broker = found(state, audience, fault);
    assertThat(broker.level()).isEqualTo(level);
    assertThat(broker.text()).contains(says);
    assertThat(broker.remedy() == null).isEqualTo(level == Level.OK);
    assertThat(broker.id() == null).isEqualTo(level == Level.OK);
  }

  @Test
  @DisplayName("A message that has waited for five minutes is a warning")
  void oldMessages() {
    assertThat(waiting().level()).isEqualTo(Level.OK);
    outbox.add("r1", new SenderKey("chat", "default", "ana"), null);
    clock.move(Duration.ofMinutes(5).minusMillis(1));
    outbox.add("r2", new SenderKey("chat", "default", "bob"), null);
    assertThat(waiting().level()).isEqualTo(Level.OK);
    assertThat(waiting().text()).startsWith("Messages waiting in the outbox: 2, none");
    clock.move(Duration.ofMillis(1));
    assertThat(waiting().level()).isEqualTo(Level.WARNING);
    assertThat(waiting().text())
        .isEqualTo(
            "Messages waiting in the outbox: 2. The oldest has waited for 5 minutes or more.");
  }
}
