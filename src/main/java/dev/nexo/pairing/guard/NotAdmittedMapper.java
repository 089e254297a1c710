package dev.nexo.pairing.guard;

import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers a call of an {@link Admitted} method of a JAX-RS resource whose sender is not admitted:
 * 403, or 503 if the gate could not decide. The answer contains no code, because its reader may be
 * another person than the sender. Public, because JAX-RS requires it. Thread-safe.
 */
@Provider
@ApplicationScoped
public class NotAdmittedMapper implements ExceptionMapper<NotAdmittedException> {

  /** Creates the mapper, for JAX-RS. */
  public NotAdmittedMapper() {}

  @Override
  public Response toResponse(NotAdmittedException exception) {
    Problem problem =
        exception.isTemporary()
            ? Problem.of(ProblemType.UNAVAILABLE, null).withHeader(HttpHeaders.RETRY_AFTER, "5")
            : Problem.of(ProblemType.FORBIDDEN, "The sender of the message is not admitted.");
    return GuardResponses.of(problem);
  }
}
