package dev.nexo.pairing.outbox;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks how long messages to senders wait. Thread-safe. */
@Component
public final class OutboxCheck implements DoctorCheck {

  private static final String OUTBOX = "outbox";

  /** A stranger who has heard nothing for so long thinks that nobody is there. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Outbox outbox;
  private final Clock clock;

  @Inject
  public OutboxCheck(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String name() {
    return OUTBOX;
  }

  @Override
  public List<Finding> examine() {
    long waiting = outbox.waiting();
    Instant longAgo = clock.instant().minus(LONG);
    boolean late = outbox.waitingSince().filter(oldest -> !oldest.isAfter(longAgo)).isPresent();
    return List.of(
        late
            ? Finding.warning(
                OUTBOX,
                waiting + " messages wait to be sent, the oldest for 5 minutes or more.",
                "See what is found on the broker, and whether the channels' plugins run.")
            : Finding.ok(OUTBOX, waiting + " messages wait to be sent, none for 5 minutes."));
  }
}
