package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.ws.rs.ext.Provider;

/** The database does not answer: worth another try soon. */
@Provider
@Component
public final class StorageUnavailableMapper extends ProblemMapper<StorageUnavailableException> {

  private static final System.Logger LOG =
      System.getLogger(StorageUnavailableMapper.class.getName());

  private static final String RETRY_AFTER_SECONDS = "5";

  @Override
  Problem problem(StorageUnavailableException exception) {
    return report(exception);
  }

  /**
   * Makes the answer, also where there is no JAX-RS yet. The database has written the cause to the
   * log once; a line for every request would hide it.
   */
  public static Problem report(StorageUnavailableException exception) {
    LOG.log(System.Logger.Level.DEBUG, exception.getMessage(), exception);
    return Problem.of(ProblemType.UNAVAILABLE, null).withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }
}
