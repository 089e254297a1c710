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
 * Reads the bodies of callers that have not logged in, without blocking a thread. Thread-safe.
 *
 * <p>A resource blocks one of the server's few threads while it reads a body. A stranger who sends
 * one byte every few seconds could therefore block the whole server with about 30 connections. This
 * filter uses non-blocking reads of Jakarta Servlet and passes the request on when the body is
 * complete. The limits are {@value BodyReader#SECONDS} s and {@value BodyReader#MAX_BODY} bytes for
 * each body, and {@value #PER_ADDRESS} bodies per address and {@value #IN_ALL} in total at the same
 * time. Callers that have logged in are trusted, and their bodies are not read here.
 */
public final class BodyFilter extends HttpFilter {

  /** How many bodies of one address are read at the same time; an IPv6 /64 is one address. */
  static final int PER_ADDRESS = 8;

  /** How many bodies of all addresses are read at the same time. */
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
                  "The server is still receiving too many requests from this address. Send fewer at a"
                      + " time.")
              .withHeader("Retry-After", RETRY_AFTER_SECONDS));
    }
    new BodyReader(request, response, slot.get(), listener, workers).start(background);
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }
}
