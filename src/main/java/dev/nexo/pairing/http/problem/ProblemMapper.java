package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/**
 * Answers exceptions of JAX-RS resources with a problem. It maps {@code Throwable}, because Open
 * Liberty's metrics otherwise add a mapper that puts the exception into a header. Thread-safe.
 */
@Provider
@Component
public class ProblemMapper implements ExceptionMapper<Throwable> {

  /** Injected into the field, because RESTEasy requires a constructor without parameters. */
  @Inject ExceptionProblems problems;

  @Override
  public Response toResponse(Throwable exception) {
    Problem problem = problems.of(exception);
    Response.ResponseBuilder response =
        Response.status(problem.type().status()).type(Problem.MEDIA_TYPE).entity(problem.body());
    problem.headers().forEach(response::header);
    return response.build();
  }
}
