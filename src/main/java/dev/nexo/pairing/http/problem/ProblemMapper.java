package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.problem.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/**
 * Turns an exception into problem+json. Whoever extends this says only which problem it is.
 *
 * @param <E> the exception
 */
abstract class ProblemMapper<E extends Throwable> implements ExceptionMapper<E> {

  /** Which problem this is. */
  abstract Problem problem(E exception);

  @Override
  public final Response toResponse(E exception) {
    Problem problem = problem(exception);
    Response.ResponseBuilder response =
        Response.status(problem.type().status()).type(Problem.MEDIA_TYPE).entity(problem.body());
    problem.headers().forEach(response::header);
    return response.build();
  }
}
