package dev.nexo.pairing.guard.lamps;

import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.testkit.InMemoryPairing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Gives a gate that admits {@code ana} on the channel {@code chat}. */
@ApplicationScoped
public class OneGate {

  /** The gate. */
  @Produces
  @ApplicationScoped
  public PairingGate gate() {
    InMemoryPairing pairing = new InMemoryPairing();
    pairing.admit("chat", "ana");
    return pairing.gate();
  }
}
