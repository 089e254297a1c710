package dev.nexo.pairing.ws.fake;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.companion.SessionEnd;
import dev.nexo.pairing.testing.FakeLimiter;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** By which a test outside the server moves the fakes inside. */
public final class ControlServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  private final transient FakePairSessions sessions;
  private final transient FakeLimiter limiter;
  private final transient Event<PairingEvent> notices;

  /** Moves these. */
  @Inject
  public ControlServlet(
      FakePairSessions sessions, FakeLimiter limiter, Event<PairingEvent> notices) {
    this.sessions = sessions;
    this.limiter = limiter;
    this.notices = notices;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String what = request.getParameter("on");
    switch (request.getParameter("do")) {
      case "revoke" -> notices.fire(new PairingEvent.SessionEnded(what, SessionEnd.REVOKED));
      case "expire" -> notices.fire(new PairingEvent.SessionEnded(what, SessionEnd.EXPIRED));
      case "end-elsewhere" -> sessions.endElsewhere(what);
      case "lock" -> limiter.lock(what);
      case "failures" -> response.getWriter().print(limiter.failures(what));
      case "presented" -> response.getWriter().print(count(what));
      case "threads" -> response.getWriter().print(busyThreads());
      default -> response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  private long count(String token) {
    return sessions.presented().stream().filter(one -> one.token().equals(token)).count();
  }

  /** How many threads are at work reading WebSocket frames at this moment. */
  private static long busyThreads() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack -> {
              for (StackTraceElement element : stack) {
                if (element.getClassName().contains("wsoc.MessageReader")
                    || element.getClassName().contains("wsoc.link.LinkRead")) {
                  return true;
                }
              }
              return false;
            })
        .count();
  }
}
