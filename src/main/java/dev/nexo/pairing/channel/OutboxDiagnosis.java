package dev.nexo.pairing.channel;

import dev.nexo.pairing.Diagnosis;
import dev.nexo.pairing.Finding;
import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Outbox;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Looks at what still waits to be told to strangers. Thread-safe. */
@Component
final class OutboxDiagnosis implements Diagnosis {

  private static final String OUTBOX = "outbox";

  /** A stranger who has heard nothing for so long thinks that nobody is there. */
  private static final Duration LONG = Duration.ofMinutes(5);

  private final Outbox outbox;
  private final Clock clock;

  @Inject
  OutboxDiagnosis(Outbox outbox, Clock clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String name() {
    return OUTBOX;
  }

  @Override
  public List<Finding> examine() {
    long late = outbox.waitingSince(clock.instant().minus(LONG));
    long waiting = outbox.waiting();
    return List.of(
        late == 0
            ? Finding.ok(OUTBOX, waiting + " messages wait to be sent, none for 5 minutes.")
            : Finding.warning(
                OUTBOX,
                late + " of " + waiting + " messages have waited to be sent for 5 minutes or more.",
                "See what is found on the broker, and whether the channels' plugins run."));
  }
}
