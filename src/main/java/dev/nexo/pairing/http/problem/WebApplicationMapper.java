package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * What JAX-RS finds wrong by itself: unknown path, wrong method, wrong media type. Its own messages
 * are left out, since they name classes.
 */
@Provider
@Component
public final class WebApplicationMapper extends ProblemMapper<WebApplicationException> {

  private static final System.Logger LOG = System.getLogger(WebApplicationMapper.class.getName());

  @Override
  Problem problem(WebApplicationException exception) {
    int status = exception.getResponse().getStatus();
    ProblemType type = ProblemType.ofStatus(status);
    if (type == ProblemType.INTERNAL) {
      LOG.log(System.Logger.Level.ERROR, "A request failed with status " + status, exception);
    }
    Problem problem = Problem.of(type, detail(type));
    String allow = exception.getResponse().getHeaderString(HttpHeaders.ALLOW);
    return allow == null ? problem : problem.withHeader(HttpHeaders.ALLOW, allow);
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case NOT_FOUND -> "Look the path up in the document at /openapi.";
      case METHOD_NOT_ALLOWED -> "The header Allow names the methods of this path.";
      case NOT_ACCEPTABLE -> "Ask for application/json, or leave the header Accept out.";
      case UNSUPPORTED_MEDIA_TYPE ->
          "Send the body as application/json and say so in the header Content-Type.";
      case BAD_REQUEST -> "The path or a parameter cannot be read; check how it is encoded.";
      default -> null;
    };
  }
}
