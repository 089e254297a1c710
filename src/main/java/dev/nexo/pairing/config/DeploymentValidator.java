package dev.nexo.pairing.config;

import dev.nexo.pairing.internal.LogMessage;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Refuses to deploy a wrong configuration. An extension, because a server may start an application
 * in spite of what its start-up observers throw, but none does after a deployment problem. Public
 * only because {@link java.util.ServiceLoader} asks for it.
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
          new IllegalStateException("wrong configuration, see the line before this one", e));
    }
  }
}
