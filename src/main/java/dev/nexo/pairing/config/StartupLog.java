package dev.nexo.pairing.config;

import dev.nexo.pairing.platform.Component;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** Says at the start what an operator has to know about the configuration. */
@Component
final class StartupLog {

  private static final System.Logger LOG = System.getLogger(StartupLog.class.getName());

  private final Policies policies;

  @Inject
  StartupLog(Policies policies) {
    this.policies = policies;
  }

  /** Runs before the start of any other room. */
  void warn(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event) {
    if (!policies.anyChallenge()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Everyone is admitted: the policy is off. To challenge strangers, set"
              + " pairing.policy.auto_challenge: true in pairing.yaml, or"
              + " PAIRING_POLICY_AUTO_CHALLENGE=true in the environment.");
    }
  }
}
