package dev.nexo.pairing.outbox;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks how long messages to senders have been waiting in the outbox. Thread-safe. */
@Component
public final class OutboxCheck implements DoctorCheck {

  private static final String OUTBOX = "outbox";

  /** A stranger who gets no response for this long assumes that the bot does not work. */
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
            ? DoctorMessage.OUTBOX_DELAYED.finding(OUTBOX, waiting)
            : Finding.ok(
                OUTBOX,
                "Messages waiting in the outbox: "
                    + waiting
                    + ", none of them for 5 minutes or more."));
  }
}
