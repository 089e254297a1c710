package dev.nexo.pairing.e2e.ear;

import dev.nexo.pairing.PairingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** Observes the module's events in each of the two WARs. */
@ApplicationScoped
public class PairingEventCount {

  private final AtomicInteger heard = new AtomicInteger();

  void hear(@Observes PairingEvent notice) {
    if (notice instanceof PairingEvent.ApprovalFailed) {
      heard.incrementAndGet();
    }
  }

  /** The number of failed approvals. */
  public int heard() {
    return heard.get();
  }
}
