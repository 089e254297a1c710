package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.ProblemType;
import jakarta.inject.Inject;

/** Keeps unexpected faults between the log and the caller apart. Thread-safe. */
@Component
public final class Incidents {

  /** The header by which the caller can name the fault to the operator. */
  public static final String HEADER = "X-Incident-Id";

  private static final System.Logger LOG = System.getLogger(Incidents.class.getName());

  private final IdSource ids;

  /** Takes the ids of incidents from there. */
  @Inject
  public Incidents(IdSource ids) {
    this.ids = ids;
  }

  /** Logs a fault under a new id and makes the answer that says nothing else. */
  public Problem report(Throwable fault) {
    String id = ids.nextUuid();
    LOG.log(System.Logger.Level.ERROR, "Incident " + id + ": a request failed", fault);
    return Problem.of(ProblemType.INTERNAL, null).withHeader(HEADER, id);
  }
}
