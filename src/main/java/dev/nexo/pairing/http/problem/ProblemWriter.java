package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers with a problem where there is no JAX-RS yet: in servlets and their filters. */
public final class ProblemWriter {

  private ProblemWriter() {}

  /**
   * Writes a problem as the whole answer.
   *
   * @throws IOException where the caller has gone
   */
  public static void write(HttpServletResponse response, Problem problem) throws IOException {
    if (response.isCommitted()) {
      return;
    }
    byte[] body = problem.body();
    response.resetBuffer();
    response.setStatus(problem.type().status());
    response.setContentType(Problem.MEDIA_TYPE);
    response.setContentLength(body.length);
    problem.headers().forEach(response::setHeader);
    response.getOutputStream().write(body);
  }
}
