package dev.nexo.pairing.notice;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.internal.OperatorNotices.State;
import dev.nexo.pairing.internal.OperatorNotices.Way;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks whether operators are notified of new requests. Thread-safe. */
@Component
public class NoticeCheck implements DoctorCheck {

  private static final String NOTICES = "notices";

  private final OperatorNotices notices;

  @Inject
  NoticeCheck(OperatorNotices notices) {
    this.notices = notices;
  }

  @Override
  public String name() {
    return NOTICES;
  }

  @Override
  public List<Finding> examine() {
    List<Way> ways = notices.ways();
    List<Finding> findings = new ArrayList<>();
    for (Way way : ways) {
      finding(way).ifPresent(findings::add);
    }
    if (findings.isEmpty()) {
      String names =
          ways.stream()
              .filter(way -> way.state() == State.ON)
              .map(Way::name)
              .collect(Collectors.joining(", "));
      String quiet = notices.quietHours().map(hours -> ", except at " + hours).orElse("");
      findings.add(
          Finding.ok(
              NOTICES,
              names.isEmpty()
                  ? "Operators see new requests only in the console."
                  : "Operators are told of new requests by: " + names + quiet + "."));
    }
    return findings;
  }

  private static Optional<Finding> finding(Way way) {
    if (way.state() == State.GONE) {
      return Optional.of(DoctorMessage.NOTICES_GONE.finding(NOTICES, way.name()));
    }
    return way.state() == State.ON && way.isFailing()
        ? Optional.of(
            DoctorMessage.NOTICES_FAILING.finding(
                NOTICES, way.name(), way.failedAt().orElseThrow(), way.failure().orElse("")))
        : Optional.empty();
  }
}
