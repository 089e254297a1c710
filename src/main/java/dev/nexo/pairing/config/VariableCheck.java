package dev.nexo.pairing.config;

import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.util.List;

/**
 * Reports environment variables that begin like ours and have no effect, at startup and in the
 * doctor. Thread-safe.
 */
@Component
final class VariableCheck implements DoctorCheck {

  private static final Logger LOG = System.getLogger(VariableCheck.class.getName());

  private static final String NAME = "environment";

  /** The maximum number of variables that are named. */
  private static final int MAX_NAMED = 20;

  private final List<String> unknown;

  @Inject
  VariableCheck(EffectiveConfig config) {
    this.unknown =
        config.variables().stream()
            .filter(VariableNames::isOurs)
            .filter(name -> !VariableNames.isKnown(name) && !VariableNames.isForeign(name))
            .filter(name -> config.find(name).isPresent())
            .map(ConfigurationException::plain)
            .limit(MAX_NAMED)
            .toList();
  }

  void warn(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event) {
    if (!unknown.isEmpty()) {
      LogMessage.VARIABLES_UNKNOWN.log(LOG, String.join(", ", unknown));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> examine() {
    return unknown.isEmpty()
        ? List.of(Finding.ok(NAME, "Every PAIRING_ environment variable is known."))
        : List.of(DoctorMessage.VARIABLES_UNKNOWN.finding(NAME, String.join(", ", unknown)));
  }
}
