package dev.nexo.pairing.internal;

import java.util.List;

/**
 * A part of this module that checks itself when an operator asks. Unlike {@link ReadinessCheck}, it
 * also reports what works badly, and nothing depends on the result. Implementations are CDI beans,
 * thread-safe.
 */
public interface DoctorCheck {

  /** The part's name, for when it cannot say anything itself, like {@code database}. */
  String name();

  /**
   * Checks now. Takes 3 s at most if nothing hangs; the caller waits no longer than 5 s, and
   * reports an exception as a fault of this part.
   *
   * @return a finding for every fact, also where all is well
   */
  List<Finding> examine();
}
