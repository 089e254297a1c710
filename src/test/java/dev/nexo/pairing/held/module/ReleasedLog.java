package dev.nexo.pairing.held.module;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.platform.Component;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Records the messages that are released, and fails as often as a test says. */
@Component
public class ReleasedLog {

  public final List<PairingEvent.HeldReleased> released = new CopyOnWriteArrayList<>();
  public final AtomicInteger failures = new AtomicInteger();

  void receive(@Observes PairingEvent.HeldReleased event) {
    if (failures.getAndDecrement() > 0) {
      throw new IllegalStateException("not now");
    }
    released.add(event);
  }
}
