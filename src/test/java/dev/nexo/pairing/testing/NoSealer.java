package dev.nexo.pairing.testing;

import dev.nexo.pairing.store.MessageSealer;
import java.util.Optional;

/** A server without a key, on which no message is held. */
public final class NoSealer implements MessageSealer {

  @Override
  public Optional<Seal> active() {
    return Optional.empty();
  }

  @Override
  public Optional<byte[]> open(String place, Sealed sealed) {
    return Optional.empty();
  }
}
