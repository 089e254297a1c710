package dev.nexo.pairing.http.problem;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.problem.Problem;
import dev.nexo.pairing.problem.Violation;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/** A value that the root API refuses is the caller's fault. */
@Provider
@Component
public final class InvalidValueMapper extends ProblemMapper<InvalidValueException> {

  @Override
  Problem problem(InvalidValueException exception) {
    return Problem.of(List.of(new Violation(exception.field(), exception.expectation())));
  }
}
