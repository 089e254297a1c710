package dev.nexo.pairing.http.request;

import dev.nexo.pairing.address.AddressSlots;
import dev.nexo.pairing.internal.RequestListener;
import dev.nexo.pairing.platform.WorkerThreads;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Reads the bodies of callers that have not logged in, without holding a thread meanwhile.
 *
 * <p>A resource reads a body by waiting for it, and a wait holds one of the server's few threads.
 * So a stranger who sends a byte every few seconds could stop the server with some thirty
 * connections. Here a body is taken as it arrives, by Servlet's non-blocking reads, and the request
 * goes on only when the whole body is there: within {@value BodyReader#SECONDS} s, with {@value
 * #PER_ADDRESS} bodies of one address and {@value #IN_ALL} in all at once, of at most {@value
 * BodyReader#MAX_BODY} bytes each. Callers that have logged in are trusted to send what they
 * announce. Thread-safe.
 */
public final class BodyFilter extends HttpFilter {

  /** How many bodies of one address are read at once; all of an IPv6 /64 are one address. */
  static final int PER_ADDRESS = 8;

  /** How many bodies are read at once. */
  static final int IN_ALL = 512;

  private static final long serialVersionUID = 1L;
  private static final String RETRY_AFTER_SECONDS = "1";

  private final transient CallerLimiter limit;
  private final transient RequestListener listener;
  private final transient ScheduledExecutorService background;
  private final transient WorkerThreads workers;
  private final transient AddressSlots slots = new AddressSlots(PER_ADDRESS, IN_ALL);

  @Inject
  public BodyFilter(
      CallerLimiter limit,
      RequestListener listener,
      ScheduledExecutorService background,
      WorkerThreads workers) {
    this.limit = limit;
    this.listener = listener;
    this.background = background;
    this.workers = workers;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!hasBody(request)) {
      chain.doFilter(request, response);
      return;
    }
    if (request.getContentLengthLong() > BodyReader.MAX_BODY) {
      throw new ProblemException(BodyReader.TOO_LARGE);
    }
    Optional<AddressSlots.Slot> slot = slots.take(limit.address(request));
    if (slot.isEmpty()) {
      listener.refused(RequestListener.Reason.TOO_MANY);
      response.setHeader("Connection", "close");
      throw new ProblemException(
          Problem.of(
                  ProblemType.TOO_MANY_REQUESTS,
                  "Too many requests from this address are still being received.")
              .withHeader("Retry-After", RETRY_AFTER_SECONDS));
    }
    new BodyReader(request, response, slot.get(), listener, workers).start(background);
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }
}
