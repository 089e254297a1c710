package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.OpenApiDocument;
import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Hostile requests to every operation of the OpenAPI document, against the packaged server.
 *
 * <ul>
 *   <li>{@code -Dfuzz.seconds=600} sets how long requests are sent (default: 110).
 *   <li>{@code -Dfuzz.seed=1} sets the seed of the random numbers (default: 20261101).
 *   <li>{@code -Dfuzz.request='GET / HTTP/1.1\r\n\r\n'} is the request that {@link #oneRequest()}
 *       sends, as a report shows it (see {@link EscapedBytes}).
 * </ul>
 *
 * <p>All faults are written to {@code target/e2e/fuzz/faults-<seed>.txt}.
 */
@Tag("slow")
@DisplayName("Fuzzing of every operation")
class FuzzIT {

  private static final long SEED = Long.getLong("fuzz.seed", 20_261_101);
  private static final long SECONDS = Long.getLong("fuzz.seconds", 110);
  private static final String REQUEST =
      System.getProperty(
          "fuzz.request",
          "GET /api/v1/pending?limit=%zz HTTP/1.1\\r\\nHost: a\\r\\n"
              + "X-Forwarded-For: 192.0.2.2\\r\\nConnection: close\\r\\n\\r\\n");

  /** After this time the server has filled its pools and caches. */
  private static final long WARM_UP_SECONDS = Math.min(20, SECONDS / 3);

  private static final Duration LATEST_ADMISSION = Duration.ofSeconds(5);
  private static final Duration SETTLING = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(500);

  /** This number of equal consecutive samples is a stable level. */
  private static final int SAMPLES = 6;

  /** A connection of the database pool has up to three files, and the pool grows by a few. */
  private static final int DESCRIPTOR_SLACK = 20;

  /** Liberty constantly tries other sizes of its thread pool. */
  private static final int THREAD_SLACK = 20;

  /** Bounded caches fill more slowly: failed addresses, senders, sessions. */
  private static final long HEAP_SLACK = 32L << 20;

  private static final int FAULTS_SHOWN = 20;

  /**
   * Liberty writes a file for each new kind of framing error before the application receives the
   * request. No setting prevents that.
   */
  private static final int FFDC_FILES = 40;

  private static final KnownAccounts ACCOUNTS =
      new KnownAccounts("operator-for-fuzz", "channel-for-fuzz");

  private static final PackagedServer SERVER =
      new PackagedServer("fuzz").environment("JVM_ARGS", "-Xmx256m -XX:TieredStopAtLevel=1");

  private final ServerClient operator =
      ServerClient.operator(SERVER.port(), ACCOUNTS.operatorPassword()).from("192.0.2.1");

  private final ServerLog log = new ServerLog(SERVER);
  private final FuzzFaults faults = new FuzzFaults();

  @BeforeAll
  static void start() {
    SERVER
        .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
        .environment("PAIRING_POLICY_AUTO_CHALLENGE", "true")
        .environment("PAIRING_OPERATOR_PASSWORD", ACCOUNTS.operatorPassword())
        .environment("PAIRING_CHANNELS_WHATSAPP_PASSWORD", ACCOUNTS.channelPassword())
        // On this machine, because the server checks the health of its own public URL.
        .environment("PAIRING_PUBLIC_URL", "ws://127.0.0.1:" + SERVER.port() + "/pair")
        .start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  @DisplayName("A request from a report is sent again and answered")
  void oneRequest() throws Exception {
    RawAnswer answer =
        FuzzRun.send(
            SERVER.port(), EscapedBytes.unescape(REQUEST), REQUEST.startsWith("HEAD "), true);
    print(answer.summary());
    assertThat(answer.end()).isEqualTo(RawAnswer.End.ANSWERED);
    assertThat(answer.status()).isLessThan(500);
  }

  @Test
  @DisplayName("Hostile requests are refused as problems and change nothing")
  void hostileRequests() throws Exception {
    OpenApiDocument document = new OpenApiDocument(operator.get("/openapi?format=JSON").body());
    HarvestedValues harvest = new HarvestedValues();
    RequestGenerator generator =
        new RequestGenerator(document, SEED, "127.0.0.1:" + SERVER.port(), ACCOUNTS, harvest);
    AnswerCheck check = new AnswerCheck(document);
    FuzzRun run = new FuzzRun(SERVER.port(), SEED, generator, harvest, check, log, faults);
    print("Seed %d, %d s, %d kinds of changes", SEED, SECONDS, generator.mutations());

    try (AdmittedSender sender = new AdmittedSender(operator, LATEST_ADMISSION)) {
      sender.start();
      long start = System.nanoTime();
      run.until(start + TimeUnit.SECONDS.toNanos(WARM_UP_SECONDS));
      ServerResources before = settled();
      long heapBefore = LiveHeap.bytes(SERVER.pid());
      long first = run.requests();
      long again = System.nanoTime();
      run.until(start + TimeUnit.SECONDS.toNanos(SECONDS));
      double perSecond = (run.requests() - first) / ((System.nanoTime() - again) / 1e9);
      ServerResources after = settledBelow(before);
      long heapAfter = LiveHeap.bytes(SERVER.pid());

      print("%d requests, %.0f a second, answers: %s", run.requests(), perSecond, check.counts());
      print("Before: %s, %d KiB of heap", before, heapBefore >> 10);
      print("After: %s, %d KiB of heap", after, heapAfter >> 10);
      print("Sender: %d answers, slowest %s", sender.answers(), sender.slowest());
      Files.writeString(
          Path.of("target", "e2e", "fuzz", "faults-" + SEED + ".txt"),
          faults.report(Integer.MAX_VALUE));

      SoftAssertions all = new SoftAssertions();
      checkFaults(all);
      all.assertThat(after.descriptors())
          .as("open descriptors")
          .isLessThanOrEqualTo(before.descriptors() + DESCRIPTOR_SLACK);
      all.assertThat(after.threads())
          .as("threads")
          .isLessThanOrEqualTo(before.threads() + THREAD_SLACK);
      all.assertThat(heapAfter).as("live heap").isLessThan(heapBefore + HEAP_SLACK);
      all.assertThat(sender.faults()).as("answers to an admitted sender").isEmpty();
      all.assertThat(sender.answers()).as("messages of the sender").isGreaterThan((int) SECONDS);
      all.assertThat(operator.status("/health/ready")).isEqualTo(Optional.of(200));
      all.assertAll();
    }
  }

  private void checkFaults(SoftAssertions all) {
    all.assertThat(faults.kinds())
        .as("seed %d, kinds of faults:\n%s", SEED, faults.report(FAULTS_SHOWN))
        .isZero();
    all.assertThat(log.faults()).as("errors and stack traces in the server's log").isEmpty();
    List<String> ffdc = log.ffdc().stream().map(ServerLog::summary).toList();
    all.assertThat(ffdc).as("FFDC files").hasSizeLessThanOrEqualTo(FFDC_FILES);
    all.assertThat(ffdc.stream().filter(file -> !ServerLog.isOfHttpParser(file)))
        .as("FFDC files that are not about the framing of a request")
        .isEmpty();
  }

  /** The server's resources while no request is in progress. */
  private ServerResources settled() {
    List<Long> samples = new ArrayList<>();
    await("level of open descriptors")
        .atMost(SETTLING)
        .pollInterval(POLL)
        .until(
            () -> {
              wakeStreams();
              samples.add(ServerResources.of(SERVER.pid()).descriptors());
              List<Long> last =
                  samples.subList(Math.max(0, samples.size() - SAMPLES), samples.size());
              return last.size() == SAMPLES && Collections.max(last) - Collections.min(last) <= 2;
            });
    return ServerResources.of(SERVER.pid());
  }

  /** The server's resources, once they are back at the earlier level or after a timeout. */
  private ServerResources settledBelow(ServerResources before) {
    try {
      await()
          .atMost(SETTLING)
          .pollInterval(POLL)
          .until(
              () -> {
                wakeStreams();
                ServerResources now = ServerResources.of(SERVER.pid());
                return now.descriptors() <= before.descriptors() + DESCRIPTOR_SLACK
                    && now.threads() <= before.threads() + THREAD_SLACK;
              });
    } catch (ConditionTimeoutException e) {
      // The caller compares the numbers.
    }
    return ServerResources.of(SERVER.pid());
  }

  /** Causes an event, by which the server detects event streams that were closed. */
  private void wakeStreams() {
    operator.posted("/blocked/block", Messages.sender("telegram", "settling", "somebody"));
    operator.posted("/blocked/unblock", Messages.sender("telegram", "settling", "somebody"));
  }

  private static void print(String format, Object... values) {
    System.out.println(values.length == 0 ? format : format.formatted(values));
  }
}
