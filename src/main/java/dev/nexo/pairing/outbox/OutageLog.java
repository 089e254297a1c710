package dev.nexo.pairing.outbox;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether the outbox can be reached: one line in the log as it goes, one as it comes back. */
final class OutageLog {

  private static final Logger LOG = System.getLogger(OutageLog.class.getName());

  private final AtomicBoolean lasting = new AtomicBoolean();

  /** It could not be reached. */
  void began(RuntimeException fault) {
    if (lasting.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "The outbox cannot be reached ({0}); challenges wait until it can",
          fault.getMessage());
    }
  }

  /** It was reached. */
  void ended() {
    if (lasting.get() && lasting.compareAndSet(true, false)) {
      LOG.log(Level.INFO, "The outbox can be reached again");
    }
  }
}
