package dev.nexo.pairing.http.request;

import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Rejects requests with an unknown path, or with a {@code Content-Length} over the limit, before
 * their body is read. Runs after the login, so that strangers do not learn which paths exist. The
 * length of a body without {@code Content-Length} is checked while it is read. Thread-safe.
 */
public final class PathFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private static final String ROOT = "/api/v1/";

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!ApiPath.of(request).startsWith(ROOT) || ApiPath.isAmbiguous(request)) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "Check the path against the OpenAPI document at /openapi.");
    }
    JsonBody.refuseTooLong(request);
    chain.doFilter(request, response);
  }
}
