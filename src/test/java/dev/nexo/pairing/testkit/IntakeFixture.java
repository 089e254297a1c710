package dev.nexo.pairing.testkit;

import dev.nexo.pairing.PairingIntake;

/**
 * An implementation that {@link PairingIntakeContract} tests. The channel {@value
 * StubAdapters#CHANNEL} has the adapter of {@link StubAdapters#of}, which needs no other
 * configuration. One module of the application observes {@code PairingEvent.HeldReleased} itself.
 */
public interface IntakeFixture extends PairingFixture {

  /** Returns a new fixture in memory. */
  static IntakeFixture inMemory() {
    return new InMemoryFixture(new InMemoryPairing());
  }

  /** Returns the intake. */
  PairingIntake intake();

  /**
   * Sets how many first messages of a pending sender are held; 0 by default.
   *
   * @param limit 0–5
   */
  void holdMessages(int limit);
}
