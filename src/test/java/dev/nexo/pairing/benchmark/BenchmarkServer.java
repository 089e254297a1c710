package dev.nexo.pairing.benchmark;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.SeedEntry;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.testing.PairingContainer;
import dev.nexo.pairing.testkit.MovableClock;
import io.smallrye.metrics.SharedMetricRegistries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * The module in a CDI container, with its real adapters, database and metrics; only the clock is
 * one that is stopped, so that what is cached stays so for a whole run.
 */
final class BenchmarkServer implements AutoCloseable {

  static final Actor OPERATOR = new Actor("operator", Surface.CLI);

  private static final int BATCH = 50_000;

  private final Path file;
  private final PairingContainer container;
  private final PairingGate gate;
  private final PairingStore store;

  BenchmarkServer() {
    try {
      file = Files.createTempDirectory("pairing").resolve("pairing.db");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    container = container(file);
    gate = container.gate();
    store = container.store();
  }

  private static PairingContainer container(Path file) {
    return PairingContainer.withAllPackages(
        file,
        MetricRegistry.class,
        SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE));
  }

  static void makeTables(Path file) {
    container(file).close();
  }

  /** Admits this many senders and tells the gate's cache of each. */
  String[] seed(int senders) {
    String[] ids = new String[senders];
    List<SeedEntry> batch = new ArrayList<>();
    for (int i = 0; i < senders; i++) {
      ids[i] = "+49" + (100_000_000L + i);
      batch.add(new SeedEntry(ids[i], null));
      if (batch.size() == BATCH || i == senders - 1) {
        container.store().seed(ChannelAccount.of("whatsapp", null), batch, OPERATOR);
        batch.clear();
      }
    }
    return ids;
  }

  Path file() {
    return file;
  }

  MovableClock clock() {
    return container.clock();
  }

  PairingGate gate() {
    return gate;
  }

  PairingStore store() {
    return store;
  }

  <T> T get(Class<T> type) {
    return container.get(type);
  }

  @Override
  public void close() {
    container.close();
  }
}
