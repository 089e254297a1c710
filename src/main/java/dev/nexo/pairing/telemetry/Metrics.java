package dev.nexo.pairing.telemetry;

import dev.nexo.pairing.StorageUnavailableException;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Registers metrics, each with its description. */
final class Metrics {

  private Metrics() {}

  /** The counter with this name and these tags, registered at the first call. */
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

  /** A value from the database; NaN if it does not answer. */
  static double orNaN(DoubleSupplier value) {
    try {
      return value.getAsDouble();
    } catch (StorageUnavailableException e) {
      return Double.NaN;
    }
  }

  private static Metadata metadata(String name, String description) {
    return Metadata.builder().withName(name).withDescription(description).build();
  }
}
