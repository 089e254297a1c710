package dev.nexo.pairing.keys;

import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;

/** Seals with the keys of the ring. */
@Component
class KeyRingMac implements KeyedMac {

  private static final int SHORTEST = 16;
  private static final int LONGEST = 32;

  private final KeyRing ring;
  private final Clock clock;

  @Inject
  KeyRingMac(KeyRing ring, Clock clock) {
    this.ring = ring;
    this.clock = clock;
  }

  @Override
  public byte[] mac(byte[] message) {
    KeySet keys = ring.current();
    if (keys.signing() == null) {
      throw new SigningKeyException(
          keys.trouble() == null
              ? "There is no key so far: issue a setup code, which makes one"
              : keys.trouble().sentence(),
          null);
    }
    return keys.signing().mac(message);
  }

  /** Tries every key, so that the time tells nothing about which one it was. */
  @Override
  public boolean matches(byte[] message, byte[] mac) {
    if (mac.length < SHORTEST || mac.length > LONGEST) {
      return false;
    }
    boolean matches = false;
    for (SigningKey key : ring.recent().verifying(clock.instant())) {
      matches |= MessageDigest.isEqual(Arrays.copyOf(key.mac(message), mac.length), mac);
    }
    return matches;
  }
}
