package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;

/**
 * Whatever nobody thought of: the log gets all of it, the caller a number to quote. Without this
 * mapper Open Liberty's metrics bring one of theirs, which puts the exception into a header.
 */
@Provider
@Component
public class UnexpectedMapper extends ProblemMapper<Throwable> {

  /** Not by constructor: RESTEasy wants one without parameters, even of a bean. */
  @Inject Incidents incidents;

  @Override
  Problem problem(Throwable exception) {
    return incidents.report(exception);
  }
}
