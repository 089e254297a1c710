package dev.nexo.pairing.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips tests if a real program is missing. {@code contributing.md} lists the Debian packages. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsProgram.Condition.class)
public @interface NeedsProgram {

  /** The names of the programs. */
  String[] value();

  /** Checks whether the programs are installed. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      Optional<NeedsProgram> needs =
          AnnotationSupport.findAnnotation(context.getElement(), NeedsProgram.class);
      List<String> missing =
          needs.stream()
              .flatMap(found -> Arrays.stream(found.value()))
              .filter(name -> Programs.find(name).isEmpty())
              .toList();
      return missing.isEmpty()
          ? ConditionEvaluationResult.enabled("the programs are here")
          : ConditionEvaluationResult.disabled("not installed: " + String.join(", ", missing));
    }
  }
}
