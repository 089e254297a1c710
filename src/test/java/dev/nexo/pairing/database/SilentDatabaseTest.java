package dev.nexo.pairing.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.store.PairingContract;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testing.Postgres;
import dev.nexo.pairing.testing.Relay;
import dev.nexo.pairing.testing.Together;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A PostgreSQL whose connections stay open without an answer, as behind a frozen PgBouncer. */
@DisplayName("Database that does not answer")
class SilentDatabaseTest {

  private static final int CALLERS = 16;
  private static final Duration LONGEST = Duration.ofMillis(5_500);

  private static final String TOUCH =
      "UPDATE pairing_storage_check SET writes = writes + 1 WHERE id = 1";

  @TempDir Path directory;
  private Relay wire;
  private PairingContainer pairing;
  private Database database;

  @BeforeEach
  void open() {
    StorageSettings real = Postgres.newDatabase();
    URI url = URI.create(real.url().orElseThrow().substring("jdbc:".length()));
    wire = new Relay(url.getPort());
    pairing =
        PairingContainer.over(directory.resolve("pairing.db"))
            .with(
                StorageSettings.class,
                new StorageSettings(
                    real.path(),
                    Optional.of("jdbc:postgresql://127.0.0.1:" + wire.port() + url.getPath()),
                    real.username(),
                    real.password(),
                    Optional.empty()))
            .open();
    database = pairing.get(Database.class);
  }

  @AfterEach
  void close() {
    try (Relay closed = wire) {
      closed.cut();
      pairing.close();
    }
  }

  @Test
  @DisplayName("No call takes longer than 5.5 s, however many callers there are")
  void bounded() throws Exception {
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
            () -> database.mark(tx -> tx.run(TOUCH)),
            () -> database.query(sql -> sql.first("SELECT 1", row -> row.getInt(1))),
            () -> database.read(session -> session.createNativeQuery("SELECT 1", Integer.class)),
            database::check,
            database::narrowedByOthers,
            database::time);
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

  private List<Callable<?>> requestCalls() {
    return List.of(
        () -> pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE),
        () -> database.query(sql -> sql.first("SELECT 1", row -> row.getInt(1))),
        () -> database.mark(tx -> tx.run(TOUCH)),
        () -> database.write(tx -> tx.run(TOUCH)));
  }

  @Test
  @DisplayName("All calls of one request together do not take longer than 5.5 s")
  void request() throws Exception {
    List<Callable<?>> calls = requestCalls();
    for (Callable<?> call : calls) {
      call.call();
    }
    wire.fallSilent();
    List<Duration> times =
        Together.run(
            CALLERS,
            i ->
                time(
                    () -> {
                      try (StorageBudget budget = StorageBudget.open()) {
                        calls.forEach(SilentDatabaseTest::time);
                      }
                      return null;
                    }));
    assertThat(times).allSatisfy(time -> assertThat(time).isLessThan(LONGEST));
  }

  @Test
  @DisplayName("Slow answers use up the time of the calls that follow, until it is renewed")
  void slowRequest() {
    Callable<?> slow = () -> database.query(sql -> sql.first("SELECT pg_sleep(2.2)", row -> true));
    try (StorageBudget budget = StorageBudget.open()) {
      Duration first = time(slow).plus(time(slow));
      assertThat(first).isGreaterThan(Duration.ofSeconds(4));
      assertThat(first.plus(time(slow)).plus(time(slow))).isLessThan(LONGEST);
      assertThatThrownBy(slow::call)
          .isInstanceOf(StorageUnavailableException.class)
          .hasMessageContaining("no answer within 5 s");
      StorageBudget.renew();
      Optional<Integer> answer = database.query(sql -> sql.first("SELECT 1", row -> row.getInt(1)));
      assertThat(answer).hasValue(1);
    }
    assertThat(StorageBudget.leftNanos()).isEqualTo(Duration.ofSeconds(5).toNanos());
  }

  /** Takes 2 s, and then gets no answer. */
  private boolean fallSilentLate(StatementCache statements) throws SQLException {
    statements.first("SELECT pg_sleep(2)", row -> true);
    wire.fallSilent();
    return statements.first("SELECT 1", row -> true).isPresent();
  }

  /** Takes 2 s; the commit gets no answer. */
  private boolean fallSilentAtCommit(StatementCache statements) throws SQLException {
    statements.first("SELECT pg_sleep(2)", row -> true);
    wire.fallSilent();
    return true;
  }

  static Stream<Arguments> lateCalls() {
    return Stream.of(
        arguments("a read", (Call) test -> test.database.query(test::fallSilentLate)),
        arguments(
            "a change",
            (Call) test -> test.database.write(tx -> test.fallSilentLate(tx.statements()))),
        arguments(
            "a mark",
            (Call) test -> test.database.mark(tx -> test.fallSilentLate(tx.statements()))),
        arguments(
            "a commit",
            (Call) test -> test.database.write(tx -> test.fallSilentAtCommit(tx.statements()))));
  }

  private interface Call {
    void run(SilentDatabaseTest test);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lateCalls")
  @DisplayName("A call whose first statements are answered does not take longer than 5.5 s:")
  void silentLate(String reason, Call call) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> call.run(this))
        .isInstanceOf(StorageUnavailableException.class)
        .hasMessageContaining("no answer within 5 s");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
  }

  @Test
  @DisplayName("A change that conflicts again and again does not take longer than 5.5 s")
  void conflicts() {
    AtomicInteger tries = new AtomicInteger();
    long start = System.nanoTime();
    assertThatThrownBy(
            () ->
                database.write(
                    tx -> {
                      tries.incrementAndGet();
                      tx.statements().first("SELECT pg_sleep(2.3)", row -> true);
                      throw new SQLException("conflict", "40001");
                    }))
        .isInstanceOf(StorageUnavailableException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST);
    assertThat(tries).hasValue(2);
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
