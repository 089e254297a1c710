package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteConfig;

/**
 * A million rows of allow-from on the packaged server, with a heap too small for a list of them.
 * The measurements are printed, and only ratios within one run are checked.
 */
@Tag("slow")
@DisplayName("A million senders")
class MillionIT {

  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;

  /** The rows of the baseline batch, which runs before and after. */
  private static final int BARE = 200_000;

  /** The rows on the two small accounts of {@link LargeListScenario}. */
  private static final int BESIDES = 20;

  /** A tenth of the memory that a list of 800,000 entries would need. */
  private static final long HEAP_ALLOWANCE = 8L << 20;

  /** The number of attempts, because the machine may be busy for a moment. */
  private static final int TRIES = 3;

  private static final double ANSWER_ALLOWANCE_MILLIS = 1;
  private static final double START_ALLOWANCE_MILLIS = 1_000;

  private final PackagedServer server =
      new PackagedServer("million")
          // The test reads /metrics more often than the limit for one address.
          .environment("PAIRING_SECURITY_GUARD_SERVER_ENDPOINTS", "false")
          .environment("JVM_ARGS", "-XX:-UseSerialGC -Xmx160m");
  private final LongOperatorRequests calls = new LongOperatorRequests(server);
  private final Medians medians = new Medians();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  @DisplayName("No answer with a million senders takes longer than with a thousand")
  void aMillionSenders() throws Exception {
    seedFew();
    medians.few(Map.of("start", startAgain()));
    LargeListScenario few = new LargeListScenario(server.operator(), FEW, 100);
    // One run to warm up; otherwise the first measurement would seem slow.
    few.medians();
    medians.few(few.medians());
    medians.few(few.scans());

    double bare = bareSeconds("before");
    double seconds = streamMany();
    bare += bareSeconds("after");
    double ratio = MANY / seconds / (2 * BARE / bare);
    print(
        "Rows a second: %.0f streamed, %.0f in bare batches, ratio %.2f",
        MANY / seconds, 2 * BARE / bare, ratio);

    LargeListScenario many = new LargeListScenario(server.operator(), MANY, 1000);
    assertThat(many.listed()).isEqualTo(MANY + BESIDES);
    for (int i = 0; i < TRIES && (i == 0 || !medians.slower().isEmpty()); i++) {
      medians.many(many.medians(), ANSWER_ALLOWANCE_MILLIS);
    }
    medians.many(many.scans(), Double.MAX_VALUE);
    listAll();
    medians.many(Map.of("start", startAgain()), START_ALLOWANCE_MILLIS);
    print("%s", medians.table());

    assertThat(medians.slower()).as(medians.table()).isEmpty();
    // A seeded row also has a role, labels, an idle time and a limit, and leaves the list of drops.
    assertThat(ratio).as("streamed against bare batches").isGreaterThanOrEqualTo(0.3);
  }

  /** The first start, not measured: it creates the tables, and Liberty its caches. */
  private void seedFew() throws Exception {
    server.start();
    calls.seed("default", FEW);
    calls.seed("zebra", BESIDES / 2);
    JsonArrayBuilder ids = Json.createArrayBuilder();
    IntStream.rangeClosed(1, BESIDES / 2).mapToObj(Integer::toString).forEach(ids::add);
    server
        .operator()
        .posted(
            "/allow-from/seed",
            Json.createObjectBuilder().add("channel", "telegram").add("sender_ids", ids).build());
    server.stop();
    Files.copy(server.database(), bareFile("tables"));
  }

  private static Path bareFile(String name) {
    return Path.of("target", "e2e", "million", name + ".db");
  }

  /**
   * The milliseconds until the server is ready: the better of two starts, because the machine may
   * be busy.
   */
  private double startAgain() {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      server.stop();
      long start = System.nanoTime();
      server.start();
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
    }
    return best;
  }

  private double bareSeconds(String name) throws Exception {
    Path file = Files.copy(bareFile("tables"), bareFile(name));
    try (SeedBaseline bare = new SeedBaseline(file)) {
      return bare.seconds("bare", BARE);
    }
  }

  /** The duration in seconds, including the time to measure the heap. */
  private double streamMany() throws Exception {
    CompletableFuture<long[]> heap =
        CompletableFuture.supplyAsync(
            () -> new long[] {heapOnceThereAre(MANY / 10), heapOnceThereAre(MANY / 10 * 9)});
    long start = System.nanoTime();
    JsonObject report = calls.seed("default", MANY);
    double seconds = (System.nanoTime() - start) / 1e9;
    assertThat(report.getInt("seeded")).isEqualTo(MANY);
    assertThat(report.getInt("rejected_count")).isZero();
    long[] bytes = heap.get(1, TimeUnit.MINUTES);
    print("Live heap: %d KiB, later %d KiB", bytes[0] >> 10, bytes[1] >> 10);
    assertThat(bytes[1]).as("live heap").isLessThan(bytes[0] + HEAP_ALLOWANCE);
    return seconds;
  }

  private long heapOnceThereAre(int rows) {
    await().atMost(Duration.ofMinutes(5)).until(() -> newestAuditId() >= rows);
    return LiveHeap.bytes(server.pid());
  }

  private long newestAuditId() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + server.database(), config.toProperties());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT max(id) FROM pairing_audit")) {
      return row.getLong(1);
    }
  }

  /** Reads the list without pages. The server must stream it, because it exceeds the heap. */
  private void listAll() throws Exception {
    long before = LiveHeap.bytes(server.pid());
    long start = System.nanoTime();
    // Senders that were revoked during the measurement are not in the list.
    assertThat(calls.countAll()).isBetween(MANY - 100L, (long) MANY);
    print("All listed at once in %.1f s", (System.nanoTime() - start) / 1e9);
    assertThat(LiveHeap.bytes(server.pid())).isLessThan(before + HEAP_ALLOWANCE);
  }

  private static void print(String format, Object... values) {
    System.out.println(format.formatted(values));
  }
}
