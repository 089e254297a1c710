package dev.nexo.pairing.e2e.ear;

import dev.nexo.pairing.PairingEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** Lies in each of the WARs and listens to the module. */
@ApplicationScoped
public class PairingEventCount {

  private final AtomicInteger heard = new AtomicInteger();

  void hear(@Observes PairingEvent notice) {
    if (notice instanceof PairingEvent.ApprovalFailed) {
      heard.incrementAndGet();
    }
  }

  /** How many notices there were of approvals that failed. */
  public int heard() {
    return heard.get();
  }
}
