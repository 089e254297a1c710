package dev.nexo.pairing.problem;

/** Thrown if a request fails; contains the {@link Problem} for the caller. */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /** Creates the exception with this problem. */
  public ProblemException(Problem problem) {
    super(problem.type().title());
    this.problem = problem;
  }

  /** Creates the exception with a problem that has a type and a detail only. */
  public ProblemException(ProblemType type, String detail) {
    this(Problem.of(type, detail));
  }

  /** Returns the problem for the caller. */
  public Problem problem() {
    return problem;
  }
}
