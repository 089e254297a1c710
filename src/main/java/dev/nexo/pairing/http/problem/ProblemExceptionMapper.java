package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.ws.rs.ext.Provider;

/** What a resource made up its mind about. */
@Provider
@Component
public final class ProblemExceptionMapper extends ProblemMapper<ProblemException> {

  @Override
  Problem problem(ProblemException exception) {
    return exception.problem();
  }
}
