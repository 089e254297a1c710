package dev.nexo.pairing.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

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
public @interface OnEveryDatabase {}
