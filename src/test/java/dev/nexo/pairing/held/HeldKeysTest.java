package dev.nexo.pairing.held;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.PendingRequest.HeldMessage;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.keys.KeySweep;
import dev.nexo.pairing.testing.NeedsProgram;
import dev.nexo.pairing.testing.OnEveryDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Keys of held messages")
@OnEveryDatabase
@NeedsProgram("nats-server")
class HeldKeysTest extends HeldContract {

  private Path secrets() {
    return directory.resolve("home").resolve("secret");
  }

  private List<Finding> examine() {
    return pairing.get(HeldCheck.class).examine();
  }

  @Test
  @DisplayName("A replaced key is kept as long as messages need it, then deleted")
  void rotation() throws IOException {
    write("ana", "first");
    awaitHeld("ana", 1);
    pairing.get(KeyRing.class).rotate(OPERATOR);
    write("ana", "second");
    awaitHeld("ana", 2);
    clock.move(Duration.ofMinutes(20));
    pairing.get(KeySweep.class).sweep(clock.instant());
    pairing.get(KeyRing.class).refresh();
    assertThat(old()).hasSize(1);
    assertThat(examine()).extracting(Finding::level).containsExactly(Finding.Level.OK);
    assertThat(awaitHeld("ana", 2).messages())
        .extracting(HeldMessage::text)
        .containsExactly("first", "second");
    approve("ana");
    client.awaitReceived(2);
    awaitNothingHeld();
    pairing.get(KeySweep.class).sweep(clock.instant());
    assertThat(old()).isEmpty();
  }

  private List<Path> old() throws IOException {
    try (Stream<Path> files = Files.list(secrets())) {
      return files.filter(file -> file.toString().endsWith(".old")).toList();
    }
  }

  @Test
  @DisplayName("Without the key messages are unreadable, wait, and arrive when it is back")
  void keyMissing() throws IOException {
    write("ana", "first");
    awaitHeld("ana", 1);
    Path key = secrets().resolve("pairing.key");
    Path away = directory.resolve("away");
    Files.move(key, away);
    pairing.get(KeyRing.class).refresh();
    assertThat(awaitHeld("ana", 1).messages())
        .allMatch(message -> !message.readable() && message.text() == null);
    assertThat(request("ana").text()).isNull();
    assertThat(examine())
        .extracting(Finding::id)
        .containsExactly(DoctorMessage.HELD_UNREADABLE.id());
    // A stranger gets a request without a key, too.
    write("bob", "hello");
    await().atMost(Duration.ofSeconds(15)).until(() -> pending().size() == 2);
    assertThat(awaitHeld("bob", 0).messages()).isEmpty();
    assertThat(request("bob").text()).isEqualTo("hello");
    approve("ana");
    Files.move(away, key);
    pairing.get(KeyRing.class).refresh();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              clock.move(Duration.ofSeconds(1));
              return client.count() == 1;
            });
    awaitNothingHeld();
    assertThat(client.received().get(0).body()).isEqualTo(envelope("ana", "first"));
  }

  @Test
  @DisplayName("A changed or moved message is not delivered")
  void moved() throws SQLException {
    write("ana", "first");
    write("ana", "second");
    awaitHeld("ana", 2);
    sql(
        "UPDATE pairing_held SET seq = 5 WHERE seq = 1",
        "UPDATE pairing_held SET route = 'caller' WHERE seq = 2");
    assertThat(awaitHeld("ana", 2).messages()).noneMatch(HeldMessage::readable);
  }

  @Test
  @DisplayName("Without a forward prefix messages wait, and the doctor names the setting")
  void noPrefix() {
    write("ana", "first");
    awaitHeld("ana", 1);
    pairing.close();
    pairing = server(null);
    approve("ana");
    assertThat(examine())
        .extracting(Finding::id)
        .containsExactly(DoctorMessage.HELD_NOT_FORWARDED.id());
    pairing.close();
    pairing = server(PREFIX);
    clock.move(Duration.ofMinutes(2));
    assertThat(client.awaitReceived(1).get(0).body()).isEqualTo(envelope("ana", "first"));
    awaitNothingHeld();
  }
}
