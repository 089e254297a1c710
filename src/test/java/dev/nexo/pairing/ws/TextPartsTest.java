package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.testing.MovableClock;
import dev.nexo.pairing.ws.fake.FakeLimiter;
import dev.nexo.pairing.ws.fake.FakeSessions;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TextPartsTest {

  private final FakeSessions sessions = new FakeSessions();
  private final HandDrivenExecutor time = new HandDrivenExecutor();
  private final RecordingWire wire = new RecordingWire();
  private Conversation conversation;
  private TextParts parts;

  @BeforeEach
  void open() {
    KeptSockets kept = new KeptSockets(sessions, new MovableClock(), time);
    conversation =
        new Reception(
                sessions, new FakeLimiter(), new WaitingRoom(), new Farewells(time), kept, time)
            .welcome(new Arrival("192.0.2.1", Optional.empty(), false));
    conversation.open(wire);
    parts = new TextParts(new AtomicReference<>(conversation));
  }

  @AfterEach
  void end() {
    time.shutdownNow();
  }

  @Test
  void fragmentsAreOneMessage() {
    for (String part : new String[] {"", "{\"bootstrap_", "token\":\"go", "od\"}"}) {
      parts.onMessage(part, false);
    }
    assertThat(wire.sent()).isEmpty();
    parts.onMessage("", true);
    assertThat(wire.sent()).containsExactly("{\"session_token\":\"token-good\"}", "1000 paired");
  }

  @Test
  void theLongestMessageIsReadAndALongerOneIsNotWholeOrInParts() {
    String longest = "é".repeat(TextParts.MAX_BYTES / 2);
    parts.onMessage(longest, true);
    assertThat(wire.sent()).as("read, and malformed").last().isEqualTo("1008 malformed frame");
    open();
    parts.onMessage(longest + "x", true);
    assertThat(wire.sent()).last().isEqualTo("1009 more than 64 KiB");
    open();
    parts.onMessage(longest, false);
    parts.onMessage("x", true);
    assertThat(wire.sent()).last().isEqualTo("1009 more than 64 KiB");
  }

  @Test
  void emptyFragmentsDoNotGoOnForEver() {
    for (int i = 0; i < TextParts.MAX_PARTS; i++) {
      parts.onMessage("", false);
    }
    assertThat(wire.sent()).isEmpty();
    parts.onMessage("", false);
    assertThat(wire.sent()).containsExactly("1009 more than 64 KiB");
  }

  @Test
  void aContainerThatGoesOnAfterTheEndIsStoppedByTheOneExceptionItHeeds() {
    conversation.closed();
    assertThatThrownBy(() -> parts.onMessage("", false))
        .isInstanceOf(CharacterCodingException.class);
  }

  @Test
  void whatTheServerDumpsOfTheEndpointLeadsIntoTheJdkOnly() {
    for (Class<?> dumped : new Class<?>[] {PairEndpoint.class, TextParts.class}) {
      for (Field field : dumped.getDeclaredFields()) {
        assertThat(
                Modifier.isStatic(field.getModifiers())
                    || field.getType().isPrimitive()
                    || field.getType().getName().startsWith("java."))
            .as(field.toString())
            .isTrue();
      }
    }
  }
}
