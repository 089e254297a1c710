package dev.nexo.pairing.config;

import dev.nexo.pairing.internal.LogMessage;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Rejects a deployment with an invalid configuration. It is an extension, because a server may
 * start an application even if a startup observer throws an exception, but never after a deployment
 * problem. Public only because {@link java.util.ServiceLoader} requires it.
 */
public final class DeploymentValidator implements Extension {

  private static final System.Logger LOG = System.getLogger(DeploymentValidator.class.getName());

  void check(@Observes AfterDeploymentValidation deployment) {
    try {
      var unused = ConfigurationValidator.validated();
    } catch (ConfigurationException e) {
      LogMessage.CONFIGURATION_INVALID.log(LOG, e.getMessage());
      // The server logs the problem's message in its own words: the reason once is enough.
      deployment.addDeploymentProblem(
          new IllegalStateException("invalid configuration; see the previous log line", e));
    }
  }
}
