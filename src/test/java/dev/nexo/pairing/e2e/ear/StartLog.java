package dev.nexo.pairing.e2e.ear;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.atomic.AtomicInteger;

/** Lies in the EAR's lib beside the module and is told of the start as the module is. */
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
