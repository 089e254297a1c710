package dev.nexo.pairing.http.operator;

import dev.nexo.pairing.http.auth.HostLogin;
import dev.nexo.pairing.http.problem.ExceptionProblems;
import dev.nexo.pairing.http.problem.ProblemWriter;
import dev.nexo.pairing.http.request.HeadSyntax;
import dev.nexo.pairing.http.request.JsonBody;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Mounts the operator's calls ({@code http-api.md}) in an application that embeds the module. The
 * WAR and this servlet answer with the same {@link OperatorResource}. Thread-safe.
 *
 * <p>It answers only if the application maps it in its {@code web.xml}, and only callers whom the
 * application's own security has authenticated and given the role {@value #ROLE}. Without a
 * security constraint there is no such caller, so it refuses every request. It has no accounts and
 * checks no passwords.
 */
public final class OperatorServlet extends HttpServlet {

  /** The role of a caller. A {@code security-role-ref} can link it to one of the application. */
  public static final String ROLE = "operator";

  private static final long serialVersionUID = 1L;

  @Inject transient OperatorResource resource;
  @Inject transient ExceptionProblems problems;

  private transient ResourceRouter router;

  /** Creates the servlet, for the server. */
  public OperatorServlet() {}

  @Override
  public void init() {
    router = new ResourceRouter(resource);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    try (StorageBudget budget = StorageBudget.open()) {
      answer(request, response);
    } catch (RuntimeException e) {
      ProblemWriter.write(response, problems.of(e));
      if (request.isAsyncStarted()) {
        request.getAsyncContext().complete();
      }
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
    HostLogin.attach(request, ROLE);
    HeadSyntax.fault(request)
        .ifPresent(
            fault -> {
              throw new ProblemException(fault);
            });
    JsonBody.refuseTooLong(request);
    JsonObject answer = router.call(request);
    if (request.getMethod().equals("HEAD")) {
      response.setContentType(
          answer == null ? MediaType.SERVER_SENT_EVENTS : MediaType.APPLICATION_JSON);
    } else if (answer != null) {
      byte[] json = answer.toString().getBytes(StandardCharsets.UTF_8);
      response.setContentType(MediaType.APPLICATION_JSON);
      response.setContentLength(json.length);
      response.getOutputStream().write(json);
    }
  }
}
