package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.companion.PublicUrlUnknownException;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.ws.rs.ext.Provider;

/** No setup code can be made before somebody says where companions reach this server. */
@Provider
@Component
public final class PublicUrlUnknownMapper extends ProblemMapper<PublicUrlUnknownException> {

  @Override
  Problem problem(PublicUrlUnknownException exception) {
    return Problem.of(
            ProblemType.ONLY_LOOPBACK, exception.getMessage() + ". The remedies say what to set.")
        .withRemedies(exception.remedies());
  }
}
