package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.AdapterUnavailableException;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PublicUrlUnknownException;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemException;
import dev.nexo.pairing.problem.ProblemType;
import dev.nexo.pairing.problem.Violation;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Decides which problem answers an exception, for JAX-RS and for servlets and filters. Thread-safe.
 */
@Component
public class ExceptionProblems {

  private static final System.Logger LOG = System.getLogger(ExceptionProblems.class.getName());

  private static final Problem RETRY_SOON =
      Problem.of(ProblemType.UNAVAILABLE, null).withHeader("Retry-After", "5");

  private final IdSource ids;

  @Inject
  ExceptionProblems(IdSource ids) {
    this.ids = ids;
  }

  /** Returns the problem that answers an exception, and logs what only the operator can fix. */
  public Problem of(Throwable exception) {
    if (exception instanceof ProblemException known) {
      return known.problem();
    }
    if (exception instanceof InvalidValueException invalid) {
      return Problem.of(List.of(new Violation(invalid.field(), invalid.expectation())));
    }
    if (exception instanceof PublicUrlUnknownException unknown) {
      return Problem.of(
              ProblemType.ONLY_LOOPBACK, unknown.getMessage() + ". See remedies for the settings.")
          .withRemedies(unknown.remedies());
    }
    if (exception instanceof StorageUnavailableException) {
      // The database logs the cause once; one line for each request would hide it.
      LOG.log(Level.DEBUG, exception.getMessage(), exception);
      return RETRY_SOON;
    }
    if (exception instanceof AdapterUnavailableException) {
      LogMessage.ADAPTER_UNAVAILABLE.log(LOG, exception, exception.getMessage());
      return RETRY_SOON;
    }
    if (exception instanceof SigningKeyException) {
      LogMessage.KEY_NOT_AVAILABLE.log(LOG, exception, exception.getMessage());
      return Problem.of(ProblemType.UNAVAILABLE, null);
    }
    return exception instanceof WebApplicationException rejected
        ? rejected(rejected)
        : incident(exception);
  }

  /** Returns the problem for a request that no method of a resource accepts. */
  public static Problem of(ProblemType type) {
    return Problem.of(type, detail(type));
  }

  /** Logs an unexpected exception under an incident id, which the caller receives. */
  private Problem incident(Throwable exception) {
    String id = ids.nextUuid();
    LogMessage.REQUEST_FAILED.log(LOG, exception, id);
    return Problem.of(ProblemType.INTERNAL, null).withHeader("X-Incident-Id", id);
  }

  /** Returns the problem for a request that JAX-RS rejected, without its message (class names). */
  private static Problem rejected(WebApplicationException exception) {
    int status = exception.getResponse().getStatus();
    ProblemType type = ProblemType.ofStatus(status);
    if (type == ProblemType.INTERNAL) {
      LogMessage.REQUEST_FAILED_IN_CONTAINER.log(LOG, exception, status);
    }
    String allow = exception.getResponse().getHeaderString(HttpHeaders.ALLOW);
    Problem problem = of(type);
    return allow == null ? problem : problem.withHeader(HttpHeaders.ALLOW, allow);
  }

  private static String detail(ProblemType type) {
    return switch (type) {
      case NOT_FOUND -> "Check the path against the OpenAPI document at /openapi.";
      case METHOD_NOT_ALLOWED -> "Use one of the methods in the Allow header.";
      case NOT_ACCEPTABLE -> "Send Accept: application/json, or leave out the Accept header.";
      case UNSUPPORTED_MEDIA_TYPE -> "Send the body as JSON with Content-Type: application/json.";
      case BAD_REQUEST -> "The path or a parameter is malformed. Check its encoding.";
      default -> null;
    };
  }
}
