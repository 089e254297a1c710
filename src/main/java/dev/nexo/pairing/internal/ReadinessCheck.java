package dev.nexo.pairing.internal;

import java.util.Map;

/** A part of this module that can say whether it is fit for use. Implementations are CDI beans. */
public interface ReadinessCheck {

  /** The part's name, as it stands in the health report. */
  String name();

  /** Checks now; takes at most a few seconds and does not throw. */
  State check();

  /**
   * How a part is.
   *
   * @param up false: the server should get no traffic
   * @param details plain facts for the operator, like {@code broker: reconnecting}; no secrets
   */
  record State(boolean up, Map<String, String> details) {}
}
