package dev.nexo.pairing.e2e.ear;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts start events in the EAR's lib, where the module receives them, too. */
@ApplicationScoped
public class StartLog {

  private final AtomicInteger starts = new AtomicInteger();

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    starts.incrementAndGet();
  }

  /** The number of start events. */
  public int count() {
    return starts.get();
  }
}
