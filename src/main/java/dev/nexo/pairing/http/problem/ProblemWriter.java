package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes problems in servlets and filters, outside of JAX-RS. Thread-safe. */
public final class ProblemWriter {

  private ProblemWriter() {}

  /**
   * Writes a problem as the whole response. Does nothing if the response is committed.
   *
   * @throws IOException if the caller has disconnected
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
