package dev.nexo.pairing.http.console;

import dev.nexo.pairing.http.problem.ProblemWriter;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Replaces the container's error pages, which name the server software and show stack traces:
 * problem+json under {@code /api}, an empty body with the status elsewhere. Thread-safe.
 */
public final class ErrorServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    int code = status instanceof Integer known && known >= 400 ? known : 404;
    if (path instanceof String uri && uri.startsWith(request.getContextPath() + "/api")) {
      // A URI that the container cannot parse does not reach the filter that sets these headers.
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Content-Type-Options", "nosniff");
      ProblemWriter.write(response, Problem.of(ProblemType.ofStatus(code), null));
    } else {
      response.setStatus(code);
      response.setContentLength(0);
    }
  }
}
