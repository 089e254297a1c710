package dev.nexo.pairing.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Tests against a real nats-server; skipped, by name, where the machine has none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsNats.Condition.class)
public @interface NeedsNats {

  /** Looks for the program. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return NatsServer.executable().isPresent()
          ? ConditionEvaluationResult.enabled("nats-server is here")
          : ConditionEvaluationResult.disabled("needs nats-server: apt-get install nats-server");
    }
  }
}
