package dev.nexo.pairing.testing;

import dev.nexo.pairing.PairingEvent;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Records every fired {@code PairingEvent}. */
public class PairingEventLog {

  private final Queue<PairingEvent> heard = new ConcurrentLinkedQueue<>();

  public <T extends PairingEvent> List<T> of(Class<T> type) {
    return heard.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Records an event. */
  @Dependent
  public static class Observer {

    @Inject PairingEventLog log;

    void hear(@Observes PairingEvent notice) {
      log.heard.add(notice);
    }
  }
}
