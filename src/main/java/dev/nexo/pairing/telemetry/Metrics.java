package dev.nexo.pairing.telemetry;

import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Registers metrics with their help texts. */
final class Metrics {

  private Metrics() {}

  /** Returns the counter with a name and tags, and registers it at the first call. */
  static Counter counter(MetricRegistry registry, String name, String description, Tag... tags) {
    return registry.counter(metadata(name, description), tags);
  }

  /** Registers a gauge that reads its value from an object. */
  static <T> void gauge(
      MetricRegistry registry,
      String name,
      String description,
      T object,
      ToDoubleFunction<T> value,
      Tag... tags) {
    registry.gauge(metadata(name, description), object, value::applyAsDouble, tags);
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
