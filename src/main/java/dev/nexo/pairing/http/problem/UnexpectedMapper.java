package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.config.Component;
import jakarta.inject.Inject;
import jakarta.ws.rs.ext.Provider;

/** Whatever nobody thought of: the log gets all of it, the caller a number to quote. */
@Provider
@Component
public final class UnexpectedMapper extends ProblemMapper<Throwable> {

  private final Incidents incidents;

  /** Names each incident, so that the operator finds it in the log. */
  @Inject
  public UnexpectedMapper(Incidents incidents) {
    this.incidents = incidents;
  }

  @Override
  Problem problem(Throwable exception) {
    return incidents.report(exception);
  }
}
