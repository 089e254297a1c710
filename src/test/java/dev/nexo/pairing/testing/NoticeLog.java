package dev.nexo.pairing.testing;

import dev.nexo.pairing.PairingNotice;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps every notice that was fired. */
public class NoticeLog {

  private final Queue<PairingNotice> heard = new ConcurrentLinkedQueue<>();

  public <T extends PairingNotice> List<T> of(Class<T> type) {
    return heard.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Fills the log. */
  @Dependent
  public static class Observer {

    @Inject NoticeLog log;

    void hear(@Observes PairingNotice notice) {
      log.heard.add(notice);
    }
  }
}
