package dev.nexo.pairing.held;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.keys.KeyRing;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.store.MessageSealer;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts held messages by AES-256-GCM, with a random nonce of 12 bytes in front of the
 * ciphertext. The key is derived from a signing key by HKDF-Expand (RFC 5869): signing keys are
 * random, so HKDF-Extract is not needed. The place of a message is its additional authenticated
 * data. Thread-safe.
 */
@Component
class HeldCipher implements MessageSealer {

  private static final Logger LOG = System.getLogger(HeldCipher.class.getName());

  /** The info of HKDF, and the number of the only block. No other message of the key begins so. */
  private static final byte[] DERIVATION =
      "nexo-pairing/held-messages\0\1".getBytes(StandardCharsets.US_ASCII);

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  /** How long the creation of a key is not tried again after it failed. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final KeyRing keys;
  private final SecureRandom random;
  private final Ticker ticker;
  private final AtomicBoolean failing = new AtomicBoolean();
  private volatile long failedAt;

  @Inject
  HeldCipher(KeyRing keys, SecureRandom random, Ticker ticker) {
    this.keys = keys;
    this.random = random;
    this.ticker = ticker;
  }

  @Override
  public Optional<Seal> active() {
    if (failing.get() && ticker.read() - failedAt < PAUSE.toNanos()) {
      return Optional.empty();
    }
    try {
      Optional<SigningKey> key = keys.encrypting();
      key.ifPresent(found -> failing.set(false));
      return key.map(found -> (place, clear) -> seal(found, place, clear));
    } catch (SigningKeyException e) {
      failedAt = ticker.read();
      if (failing.compareAndSet(false, true)) {
        LogMessage.HELD_WITHOUT_KEY.log(LOG, e.getMessage());
      }
      return Optional.empty();
    }
  }

  private Sealed seal(SigningKey key, String place, byte[] clear) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, place, nonce);
      byte[] encrypted = cipher.doFinal(clear);
      byte[] bytes =
          ByteBuffer.allocate(nonce.length + encrypted.length).put(nonce).put(encrypted).array();
      return new Sealed(key.fingerprint(), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-256-GCM", e);
    }
  }

  @Override
  public Optional<byte[]> open(String place, Sealed sealed) {
    byte[] bytes = sealed.bytes();
    Optional<SigningKey> key = keys.decrypting(sealed.key());
    if (key.isEmpty() || bytes.length < NONCE_BYTES) {
      return Optional.empty();
    }
    try {
      byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key.get(), place, nonce);
      return Optional.of(cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
    } catch (GeneralSecurityException e) {
      // Changed, or moved to another place. The doctor reports what cannot be read.
      return Optional.empty();
    }
  }

  private static Cipher cipher(int mode, SigningKey key, String place, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(
        mode, new SecretKeySpec(key.mac(DERIVATION), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
