package dev.nexo.pairing.internal;

import java.util.List;

/**
 * A check that an operator runs on demand. Unlike {@link ReadinessCheck}, it also reports problems
 * that do not stop the server, and its result does not affect readiness. Implementations are
 * thread-safe CDI beans.
 */
public interface DoctorCheck {

  /**
   * Returns the name under which a failure of the check itself is reported, for example {@code
   * database}.
   */
  String name();

  /**
   * Runs the check. Takes up to 3 s unless a call hangs. The caller waits up to 5 s and reports an
   * exception as a fault.
   *
   * @return a finding for every fact, including those without a problem
   */
  List<Finding> examine();
}
