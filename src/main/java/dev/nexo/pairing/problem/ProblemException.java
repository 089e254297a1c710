package dev.nexo.pairing.problem;

/** A request cannot be answered; carries what the caller is told. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Fails with this problem. */
  public ProblemException(Problem problem) {
    super(problem.type().title());
    this.problem = problem;
  }

  /** Fails with a problem that has a detail and nothing else. */
  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
