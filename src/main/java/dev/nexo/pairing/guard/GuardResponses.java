package dev.nexo.pairing.guard;

import dev.nexo.pairing.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;

/** Writes problems as responses of JAX-RS. */
final class GuardResponses {

  private GuardResponses() {}

  static Response of(Problem problem) {
    Response.ResponseBuilder response =
        Response.status(problem.type().status())
            .type(Problem.MEDIA_TYPE)
            .entity(new String(problem.body(), StandardCharsets.UTF_8));
    problem.headers().forEach(response::header);
    return response.build();
  }
}
