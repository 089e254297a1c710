package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Postgres;
import dev.nexo.pairing.testing.Relay;
import dev.nexo.pairing.testing.Together;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL whose connections stay open without an answer, as behind a frozen PgBouncer. */
@DisplayName("Database that does not answer")
class SilentDatabaseTest {

  private static final int CALLERS = 16;
  private static final Duration LONGEST = Duration.ofMillis(5_500);

  @TempDir Path directory;

  @Test
  @DisplayName("No call takes longer than 5.5 s, however many callers there are")
  void bounded() throws Exception {
    StorageSettings real = Postgres.newDatabase();
    URI url = URI.create(real.url().orElseThrow().substring("jdbc:".length()));
    try (Relay wire = new Relay(url.getPort());
        PairingContainer pairing =
            PairingContainer.over(directory.resolve("pairing.db"))
                .with(
                    StorageSettings.class,
                    new StorageSettings(
                        real.path(),
                        Optional.of("jdbc:postgresql://127.0.0.1:" + wire.port() + url.getPath()),
                        real.username(),
                        real.password(),
                        Optional.empty()))
                .open()) {
      List<Callable<?>> calls =
          List.of(
              () -> pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE),
              () ->
                  pairing
                      .store()
                      .seed(
                          PairingContract.ACCOUNT,
                          List.of(new SeedEntry("bob", null)),
                          PairingContract.OPERATOR),
              () -> pairing.get(Database.class).narrowedByOthers(),
              () -> pairing.get(Database.class).time());
      for (Callable<?> call : calls) {
        call.call();
      }
      wire.fallSilent();
      List<Duration> times = new ArrayList<>();
      for (int round = 0; round < 2; round++) {
        times.addAll(Together.run(CALLERS, i -> time(calls.get(i % calls.size()))));
      }
      assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(LONGEST));
    }
  }

  private static Duration time(Callable<?> call) {
    long start = System.nanoTime();
    try {
      call.call();
    } catch (StorageUnavailableException e) {
      // As expected.
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
