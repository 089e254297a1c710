package dev.nexo.pairing.internal;

import java.util.Map;

/** A check whether a part of this module can be used. Implementations are CDI beans. */
public interface ReadinessCheck {

  /** Returns the name of the part in the health report. */
  String name();

  /** Runs the check. Takes at most a few seconds; throws no exceptions. */
  State check();

  /**
   * The result of a readiness check.
   *
   * @param up false: the server should get no traffic
   * @param details facts for the operator, for example {@code broker: reconnecting}; no secrets
   */
  record State(boolean up, Map<String, String> details) {}
}
