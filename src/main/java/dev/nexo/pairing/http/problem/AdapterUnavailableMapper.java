package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.ws.rs.ext.Provider;

/** The channel's adapter does not answer, so that the sender cannot be told: worth another try. */
@Provider
@Component
public final class AdapterUnavailableMapper extends ProblemMapper<AdapterUnavailableException> {

  private static final System.Logger LOG =
      System.getLogger(AdapterUnavailableMapper.class.getName());

  private static final String RETRY_AFTER_SECONDS = "5";

  @Override
  Problem problem(AdapterUnavailableException exception) {
    LOG.log(System.Logger.Level.WARNING, exception.getMessage(), exception);
    return Problem.of(ProblemType.UNAVAILABLE, null).withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }
}
