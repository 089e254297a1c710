package dev.nexo.pairing.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.opentest4j.TestAbortedException;

/**
 * Runs a suite on SQLite and on PostgreSQL. The class has a {@code @Parameter} field of {@link
 * TestDatabase}. {@code -Dgroups=postgresql} selects these suites and the tests that only
 * PostgreSQL needs.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("postgresql")
@ParameterizedClass(name = "On {0}")
@EnumSource(TestDatabase.class)
@ExtendWith(OnEveryDatabase.NameInFailures.class)
public @interface OnEveryDatabase {

  /** Adds the database to failure messages, because Surefire reports only its number. */
  final class NameInFailures implements TestExecutionExceptionHandler {

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      if (failure instanceof TestAbortedException) {
        throw failure;
      }
      String database =
          Stream.iterate(Optional.of(context), Optional::isPresent, c -> c.get().getParent())
              .map(c -> c.get().getDisplayName())
              .filter(name -> name.startsWith("On "))
              .findFirst()
              .orElse("");
      AssertionError named = new AssertionError(database + ": " + failure, failure);
      named.setStackTrace(failure.getStackTrace());
      throw named;
    }
  }
}
