package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.ws.rs.ext.Provider;

/** The signing key cannot be used: the log says why, and only the operator can mend it. */
@Provider
@Component
public final class SigningKeyMapper extends ProblemMapper<SigningKeyException> {

  private static final System.Logger LOG = System.getLogger(SigningKeyMapper.class.getName());

  @Override
  Problem problem(SigningKeyException exception) {
    LOG.log(System.Logger.Level.ERROR, exception.getMessage(), exception);
    return Problem.of(ProblemType.UNAVAILABLE, null);
  }
}
