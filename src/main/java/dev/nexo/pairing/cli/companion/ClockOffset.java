package dev.nexo.pairing.cli.companion;

import dev.nexo.pairing.cli.client.Exchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How far this machine's clock is ahead of the server's, from the {@code Date} header of a response
 * (RFC 9110, section 6.6.1). Only the server decides whether a setup code has expired.
 *
 * @param ahead negative if this machine's clock is behind; precise to about a second
 */
record ClockOffset(Duration ahead) {

  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /** Smaller offsets are not reported: header and network are not precise. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  /** Asks the server; empty if it does not answer within 3 s or does not say its time. */
  static Optional<ClockOffset> of(PairUrl url, Clock clock) {
    try {
      // On another thread, because a server that trickles its headers would never time out.
      return CompletableFuture.supplyAsync(() -> date(url))
          .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
          .map(date -> new ClockOffset(Duration.between(date, clock.instant())));
    } catch (ExecutionException | TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** A request without a token, which is not counted as a failed attempt. */
  private static Optional<Instant> date(PairUrl url) {
    try {
      return new Exchange(Map.of("User-Agent", "nexo-companion"), TIMEOUT, TIMEOUT)
          .send("GET", url.session(), null, null)
          .date();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Returns the server's time now. */
  Instant serverTime(Clock clock) {
    return clock.instant().minus(ahead);
  }

  /** Returns a line for the user; empty if the clocks agree within a few seconds. */
  Optional<String> warning() {
    if (ahead.abs().compareTo(TOLERANCE) < 0) {
      return Optional.empty();
    }
    return Optional.of(
        "This machine's clock is "
            + ahead.abs().toSeconds()
            + " s "
            + (ahead.isNegative() ? "behind" : "ahead of")
            + " the server's clock; synchronize it by NTP");
  }
}
