package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.testing.FakeLimiter;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Fragment assembler")
class FragmentAssemblerTest {

  private final FakePairSessions sessions = new FakePairSessions();
  private final HandDrivenExecutor time = new HandDrivenExecutor();
  private final RecordingPeer peer = new RecordingPeer();
  private PairConnection connection;
  private FragmentAssembler parts;

  @BeforeEach
  void open() {
    connection =
        new PairConnection(
            new UpgradeRequest.Parameters("192.0.2.1", Optional.empty(), false),
            new Handshake(sessions, new FakeLimiter(), "192.0.2.1", false),
            new ConnectionLimits(new MovableTicker()),
            new OpenConnections(sessions, new MovableClock(), new MovableTicker(), time),
            time);
    connection.open(peer);
    parts = new FragmentAssembler(new AtomicReference<>(connection));
  }

  @AfterEach
  void end() {
    time.shutdownNow();
  }

  @Test
  @DisplayName("Fragments are joined into one message")
  void assembles() {
    for (String part : new String[] {"", "{\"bootstrap_", "token\":\"go", "od\"}"}) {
      parts.onMessage(part, false);
    }
    assertThat(peer.sent()).isEmpty();
    parts.onMessage("", true);
    assertThat(peer.sent()).containsExactly("{\"session_token\":\"token-good\"}", "1000 paired");
  }

  @Test
  @DisplayName("A message of 64 KiB is read, a longer one is refused")
  void messageLimit() {
    String longest = "é".repeat(FragmentAssembler.MAX_BYTES / 2);
    parts.onMessage(longest, true);
    assertThat(peer.sent()).as("read, and malformed").last().isEqualTo("1008 malformed frame");
    open();
    parts.onMessage(longest + "x", true);
    assertThat(peer.sent()).last().isEqualTo("1009 message larger than 64 KiB");
    open();
    parts.onMessage(longest, false);
    parts.onMessage("x", true);
    assertThat(peer.sent()).last().isEqualTo("1009 message larger than 64 KiB");
  }

  @Test
  @DisplayName("The number of fragments is limited")
  void emptyFragments() {
    for (int i = 0; i < FragmentAssembler.MAX_PARTS; i++) {
      parts.onMessage("", false);
    }
    assertThat(peer.sent()).isEmpty();
    parts.onMessage("", false);
    assertThat(peer.sent()).containsExactly("1009 message larger than 64 KiB");
  }

  @Test
  @DisplayName("A fragment after the close throws CharacterCodingException")
  void afterClose() {
    connection.closed();
    assertThatThrownBy(() -> parts.onMessage("", false))
        .isInstanceOf(CharacterCodingException.class);
  }

  @Test
  @DisplayName("Fields of the endpoint have only JDK types, so dumps hold no secrets")
  void fieldTypes() {
    for (Class<?> dumped : new Class<?>[] {PairEndpoint.class, FragmentAssembler.class}) {
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
