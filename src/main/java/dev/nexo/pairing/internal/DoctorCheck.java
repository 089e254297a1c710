package dev.nexo.pairing.internal;

import java.util.List;

/**
 * A part of this module that can look for what is wrong with it, when an operator asks. Unlike
 * {@link ReadinessCheck}, it also tells what works badly or not as it was meant, and nothing
 * depends on the answer. Implementations are CDI beans, thread-safe.
 */
public interface DoctorCheck {

  /** The part's name, for when it cannot say anything itself, like {@code database}. */
  String name();

  /**
   * Looks now. Takes 3 s at most where nothing hangs; whoever asks waits no longer than 5 s, and
   * takes whatever is thrown as a fault of this part.
   *
   * @return a finding for every fact, also where all is well
   */
  List<Finding> examine();
}
