package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.OnlyLoopbackKnownException;
import dev.nexo.pairing.config.Component;
import jakarta.ws.rs.ext.Provider;

/** No setup code can be made before somebody says where companions reach this server. */
@Provider
@Component
public final class OnlyLoopbackKnownMapper extends ProblemMapper<OnlyLoopbackKnownException> {

  @Override
  Problem problem(OnlyLoopbackKnownException exception) {
    return Problem.of(
            ProblemType.ONLY_LOOPBACK, exception.getMessage() + ". The remedies say what to set.")
        .withRemedies(exception.remedies());
  }
}
