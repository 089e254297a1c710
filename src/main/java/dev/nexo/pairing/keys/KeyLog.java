package dev.nexo.pairing.keys;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells the operator what is wrong with keys: once, and again where it has been fine meanwhile. Not
 * thread-safe.
 */
final class KeyLog {

  private static final Logger LOG = System.getLogger(KeyLog.class.getName());

  private final Set<KeyProblem> told = new HashSet<>();

  /** Tells what has not been told yet. */
  void tell(KeySet found) {
    Set<KeyProblem> wrong = new HashSet<>(found.faults());
    for (KeyProblem fault : found.faults()) {
      if (!told.contains(fault)) {
        LOG.log(Level.WARNING, "A previous key is left out: {0}", fault.sentence());
      }
    }
    KeyProblem trouble = found.trouble();
    if (trouble != null && wrong.add(trouble) && !told.contains(trouble)) {
      LOG.log(
          Level.ERROR,
          "No setup codes can be issued, and this server is not ready: {0}",
          trouble.sentence());
    }
    told.retainAll(wrong);
    told.addAll(wrong);
  }
}
