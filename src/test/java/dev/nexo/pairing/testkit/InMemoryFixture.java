package dev.nexo.pairing.testkit;

import dev.nexo.pairing.PairingEvent;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PairingIntake;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.PairingSessionStore;
import java.time.Duration;
import java.util.List;

/** The implementation in memory. */
record InMemoryFixture(InMemoryPairing pairing) implements IntakeFixture {

  @Override
  public PairingIntake intake() {
    return pairing.intake();
  }

  @Override
  public void holdMessages(int limit) {
    pairing.holdMessages(limit);
  }

  @Override
  public PairingGate gate() {
    return pairing.gate();
  }

  @Override
  public PairingStore store() {
    return pairing.store();
  }

  @Override
  public PairingSessionStore sessions() {
    return pairing.sessions();
  }

  @Override
  public List<PairingEvent> events() {
    return pairing.events();
  }

  @Override
  public BootstrapToken issue(Duration lifetime, String deviceLabel) {
    return pairing.issue(lifetime, deviceLabel);
  }

  @Override
  public void move(Duration by) {
    pairing.clock().move(by);
  }

  @Override
  public void close() {}
}
