package dev.nexo.pairing.http.request;

import dev.nexo.pairing.http.problem.ProblemWriter;
import dev.nexo.pairing.internal.RequestListener;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Rejects every request whose head is malformed, before any other filter. Closes the connection,
 * because the end of the body is ambiguous. Counts these requests but does not log them, because
 * anyone can send any number of them. Thread-safe.
 */
public final class HeadFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient RequestListener listener;
  private final transient SelfProbe probe;

  @Inject
  public HeadFilter(RequestListener listener, SelfProbe probe) {
    this.listener = listener;
    this.probe = probe;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (probe.answer(request, response)) {
      return;
    }
    if (request.getMethod().equals("TRACE")) {
      response.setHeader("Allow", "GET, HEAD, POST, DELETE");
      refuse(
          request,
          response,
          Problem.of(
              ProblemType.METHOD_NOT_ALLOWED,
              "TRACE is not supported on any path. Use a method in the Allow header."));
      return;
    }
    Optional<Problem> fault = HeadSyntax.fault(request);
    if (fault.isEmpty()) {
      chain.doFilter(isPlain(request) ? request : new LocalRequest(request), response);
      return;
    }
    listener.refused(RequestListener.Reason.MALFORMED);
    response.setHeader("Connection", "close");
    refuse(request, response, fault.get());
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    if (request.getRequestURI().startsWith(request.getContextPath() + "/api")) {
      ProblemWriter.write(response, problem);
    } else {
      writePlain(response, problem);
    }
  }

  /** Returns whether no header can have changed the scheme that the container reports. */
  private static boolean isPlain(HttpServletRequest request) {
    return request.getHeader("X-Forwarded-Proto") == null && request.getHeader("Forwarded") == null;
  }

  private static void writePlain(HttpServletResponse response, Problem problem) throws IOException {
    byte[] line = (problem.detail() + "\n").getBytes(StandardCharsets.US_ASCII);
    response.setStatus(problem.type().status());
    problem.headers().forEach(response::setHeader);
    response.setContentType("text/plain;charset=US-ASCII");
    response.setContentLength(line.length);
    response.getOutputStream().write(line);
  }

  /**
   * A request whose URL ignores {@code X-Forwarded-Proto}. Open Liberty uses any value of that
   * header, from any peer, as the scheme, and JAX-RS fails on a URL with a scheme such as {@code
   * https,http}. {@code TrustedProxies} reads the header itself.
   */
  private static final class LocalRequest extends HttpServletRequestWrapper {

    LocalRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getScheme() {
      return "http";
    }

    @Override
    public StringBuffer getRequestURL() {
      return new StringBuffer("http://localhost").append(getRequestURI());
    }
  }
}
