package dev.nexo.pairing.e2e.ear;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** Is in the EAR's lib beside the module and gets the start event as the module does. */
@ApplicationScoped
public class StartLog {

  private final AtomicInteger starts = new AtomicInteger();

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    starts.incrementAndGet();
  }

  /** How often there was a start. */
  public int count() {
    return starts.get();
  }
}
