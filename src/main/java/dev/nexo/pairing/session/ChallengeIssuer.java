package dev.nexo.pairing.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.keys.KeyedMac;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.setupcode.SpentNonces;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Makes challenges and knows them again, on every server of the database, without keeping any: a
 * challenge is when it ends (8 bytes, milliseconds since 1970, the highest first), 8 random bytes,
 * and the seal of both and the token (16 bytes). Only what was answered rightly is kept, so that it
 * counts once. Thread-safe.
 */
@Component
class ChallengeIssuer {

  /** How many bytes a challenge has. */
  static final int BYTES = 32;

  private static final int HEAD_BYTES = 16;
  private static final int RANDOM_BYTES = 8;
  private static final byte[] PURPOSE = "nexo-pairing/challenge\0".getBytes(US_ASCII);

  /** Nonces are kept as hexadecimal digits alone, so that no challenge's name is one of theirs. */
  private static final String SPENT_PREFIX = "challenge:";

  /** Longer than a challenge lives, so that a clock that is set back does not revive it. */
  private static final Duration KEPT =
      Duration.ofHours(24).plusSeconds(DeviceChallenge.LIFETIME_SECONDS);

  private final KeyedMac keys;
  private final SecureRandom random;

  @Inject
  ChallengeIssuer(KeyedMac keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /** A challenge for this token. Where there is no key to seal it, it is one nobody can answer. */
  DeviceChallenge fresh(TokenHash token, Instant now) {
    byte[] noise = new byte[RANDOM_BYTES];
    random.nextBytes(noise);
    byte[] head =
        ByteBuffer.allocate(HEAD_BYTES)
            .putLong(now.plusSeconds(DeviceChallenge.LIFETIME_SECONDS).toEpochMilli())
            .put(noise)
            .array();
    byte[] seal = seal(sealed(head, token));
    byte[] challenge =
        ByteBuffer.allocate(BYTES).put(head).put(seal, 0, BYTES - HEAD_BYTES).array();
    return new DeviceChallenge(Base64Url.encode(challenge));
  }

  /** Tokens are signed by the same keys: without any, the challenge has nothing to protect. */
  private byte[] seal(byte[] message) {
    try {
      return keys.mac(message);
    } catch (SigningKeyException e) {
      byte[] none = new byte[BYTES - HEAD_BYTES];
      random.nextBytes(none);
      return none;
    }
  }

  /** The challenge's bytes, where it was made here for this token and can still be answered. */
  Optional<byte[]> check(DeviceChallenge challenge, TokenHash token, Instant now) {
    return Base64Url.decode(challenge.value(), BYTES)
        .filter(
            bytes -> {
              byte[] head = Arrays.copyOf(bytes, HEAD_BYTES);
              byte[] seal = Arrays.copyOfRange(bytes, HEAD_BYTES, BYTES);
              return keys.matches(sealed(head, token), seal)
                  && now.toEpochMilli() < ByteBuffer.wrap(head).getLong();
            });
  }

  private static byte[] sealed(byte[] head, TokenHash token) {
    byte[] hash = token.sha256();
    return ByteBuffer.allocate(PURPOSE.length + head.length + hash.length)
        .put(PURPOSE)
        .put(head)
        .put(hash)
        .array();
  }

  /**
   * Uses a challenge up that was answered rightly.
   *
   * @return false where it was used before
   * @throws SQLException where the database turns it down
   */
  static boolean spend(Transaction tx, DeviceChallenge challenge, String sessionId, Instant now)
      throws SQLException {
    String name = SPENT_PREFIX + Sha256.hex(challenge.value());
    return SpentNonces.spend(tx, name, sessionId, now, now.plus(KEPT));
  }
}
