package dev.nexo.pairing.http.fake;

import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.platform.Component;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A webhook that works, and a pager that is off. */
@Component
public class FakeNotices implements OperatorNotices {

  @Override
  public List<String> names() {
    return List.of("pager", "webhook");
  }

  @Override
  public List<Way> ways() {
    Instant at = Instant.parse("2026-11-01T12:00:00Z");
    return List.of(
        new Way("pager", State.OFF, Optional.empty(), Optional.empty(), Optional.empty()),
        new Way(
            "webhook",
            State.ON,
            Optional.of(at),
            Optional.of(at.minusSeconds(9)),
            Optional.of("The receiver answered 500")));
  }

  @Override
  public Optional<String> quietHours() {
    return Optional.of("22:00-07:00 Europe/Berlin");
  }

  @Override
  public Optional<String> test(String name) {
    return name.equals("webhook") ? Optional.empty() : Optional.of("The pager is off");
  }
}
