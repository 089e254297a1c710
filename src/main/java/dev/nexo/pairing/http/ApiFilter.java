package dev.nexo.pairing.http;

import dev.nexo.pairing.http.problem.ExceptionProblems;
import dev.nexo.pairing.http.problem.ProblemWriter;
import dev.nexo.pairing.internal.RequestListener;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The outermost filter of {@code /api}. Sets the headers of every response, answers exceptions of
 * the other filters with a problem, limits how long the request waits for the database, and reports
 * the status to the metrics. Thread-safe.
 */
public final class ApiFilter extends HttpFilter {

  private static final long serialVersionUID = 1L;

  private final transient ExceptionProblems problems;
  private final transient RequestListener listener;

  @Inject
  public ApiFilter(ExceptionProblems problems, RequestListener listener) {
    this.problems = problems;
    this.listener = listener;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    try (StorageBudget budget = StorageBudget.open()) {
      chain.doFilter(request, response);
    } catch (Exception e) {
      answer(response, e);
    } finally {
      report(request, response);
    }
  }

  private void report(HttpServletRequest request, HttpServletResponse response) {
    if (!request.isAsyncStarted()) {
      listener.answered(response.getStatus());
      return;
    }
    try {
      request.getAsyncContext().addListener(new Completion(response));
    } catch (IllegalStateException e) {
      // The request has been completed just now.
      listener.answered(response.getStatus());
    }
  }

  /** Reports the status of an asynchronous response. */
  private final class Completion implements AsyncListener {

    private final HttpServletResponse response;

    Completion(HttpServletResponse response) {
      this.response = response;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      listener.answered(response.getStatus());
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // The response to the timeout or error calls onComplete.
    }

    @Override
    public void onError(AsyncEvent event) {
      // The response to the timeout or error calls onComplete.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Another startAsync removes the listeners (Jakarta Servlet 6.0, AsyncContext).
      event.getAsyncContext().addListener(this);
    }
  }

  private void answer(HttpServletResponse response, Exception fault) throws IOException {
    Problem problem = problems.of(fault);
    if (problem.type() == ProblemType.INTERNAL && response.isCommitted()) {
      // Only a closed connection can show that a part of the response is missing.
      throw new IOException("A request failed after a part of its response was sent", fault);
    }
    ProblemWriter.write(response, problem);
  }
}
