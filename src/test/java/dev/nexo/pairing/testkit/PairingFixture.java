package dev.nexo.pairing.testkit;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.PairingSessionStore;
import java.time.Duration;
import java.util.List;

/**
 * An implementation that a contract tests, with an empty store. Its adapters are {@link
 * StubAdapters}, its clock begins at {@link MovableClock#START}, its settings are the defaults, and
 * its configured policy challenges strangers.
 */
public interface PairingFixture extends AutoCloseable {

  /** Returns a new fixture in memory. */
  static PairingFixture inMemory() {
    return new InMemoryFixture(new InMemoryPairing());
  }

  /** Returns the gate. */
  PairingGate gate();

  /** Returns the store. */
  PairingStore store();

  /** Returns the sessions. */
  PairingSessionStore sessions();

  /** Returns the events that were fired so far, in their order. */
  List<PairingEvent> events();

  /**
   * Issues a bootstrap token.
   *
   * @param lifetime how long it can be redeemed
   * @param deviceLabel the operator's name for the device, or null
   */
  BootstrapToken issue(Duration lifetime, String deviceLabel);

  /** Moves the clock. */
  void move(Duration by);

  /** Closes the implementation. */
  @Override
  void close();
}
