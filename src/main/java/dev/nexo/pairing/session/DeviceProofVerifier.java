package dev.nexo.pairing.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.DeviceChallenge;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.database.Transaction;
import dev.nexo.pairing.keys.KeyedMac;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.setupcode.SpentNonces;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Issues challenges and verifies that a companion holds its device key: the companion signs a fresh
 * challenge together with the token that it presents ({@code protocol.md#sessions}). Thread-safe.
 *
 * <p>Challenges are not stored. Each server of the database recognizes a challenge of the others,
 * because the challenge contains its own expiry and a message authentication code (MAC):
 *
 * <pre>
 * bytes  0–7   expiry in milliseconds since 1970, big-endian
 * bytes  8–15  random
 * bytes 16–31  MAC over the first 16 bytes and the token's SHA-256, with the shared signing key
 * </pre>
 *
 * <p>Only challenges that were answered correctly are recorded, so that each can be used once.
 */
@Component
class DeviceProofVerifier {

  private static final int CHALLENGE_BYTES = 32;
  private static final int HEAD_BYTES = 16;
  private static final byte[] CHALLENGE_PURPOSE = "nexo-pairing/challenge\0".getBytes(US_ASCII);
  private static final byte[] PROOF_PURPOSE = "nexo-pairing/v1\0".getBytes(US_ASCII);

  /** Differs from every recorded nonce, because those consist of hexadecimal digits only. */
  private static final String SPENT_PREFIX = "challenge:";

  /** Longer than a challenge is valid, so that a clock that is set back does not revive it. */
  private static final Duration SPENT_KEPT =
      Duration.ofHours(24).plusSeconds(DeviceChallenge.LIFETIME_SECONDS);

  private final KeyedMac keys;
  private final SecureRandom random;

  @Inject
  DeviceProofVerifier(KeyedMac keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /**
   * Returns a new challenge for a token, valid for {@value DeviceChallenge#LIFETIME_SECONDS} s. If
   * this server has no signing key yet, the challenge has the same form, but no answer to it is
   * valid.
   */
  DeviceChallenge newChallenge(TokenHash token, Instant now) {
    byte[] expiry =
        ByteBuffer.allocate(Long.BYTES)
            .putLong(now.plusSeconds(DeviceChallenge.LIFETIME_SECONDS).toEpochMilli())
            .array();
    byte[] head = concat(expiry, noise(HEAD_BYTES - Long.BYTES));
    byte[] mac = Arrays.copyOf(mac(authenticated(head, token)), CHALLENGE_BYTES - HEAD_BYTES);
    return new DeviceChallenge(Base64Url.encode(concat(head, mac)));
  }

  /**
   * Returns the MAC of a message, or random bytes if there is no key: then there are no tokens that
   * a challenge protects.
   */
  private byte[] mac(byte[] message) {
    try {
      return keys.mac(message);
    } catch (SigningKeyException e) {
      return noise(CHALLENGE_BYTES - HEAD_BYTES);
    }
  }

  private byte[] noise(int length) {
    byte[] noise = new byte[length];
    random.nextBytes(noise);
    return noise;
  }

  /**
   * Returns whether the proof's signature is valid, and its challenge was issued for this token and
   * has not expired. Throws no exception for a malformed proof. Does not check whether the
   * challenge was used before; {@link #spendChallenge} does.
   */
  boolean verify(DeviceProof proof, TokenHash token, Instant now) {
    if (proof.key() == null || proof.challenge() == null) {
      return false;
    }
    Optional<byte[]> challenge = valid(proof.challenge(), token, now);
    Optional<byte[]> signature = Base64Url.decode(proof.signature(), Ed25519.SIGNATURE_BYTES);
    return challenge.isPresent()
        && signature.isPresent()
        && Ed25519.verify(proof.key().bytes(), signed(challenge.get(), token), signature.get());
  }

  private Optional<byte[]> valid(DeviceChallenge challenge, TokenHash token, Instant now) {
    return Base64Url.decode(challenge.value(), CHALLENGE_BYTES)
        .filter(
            bytes -> {
              byte[] head = Arrays.copyOf(bytes, HEAD_BYTES);
              byte[] mac = Arrays.copyOfRange(bytes, HEAD_BYTES, CHALLENGE_BYTES);
              return keys.matches(authenticated(head, token), mac)
                  && now.toEpochMilli() < ByteBuffer.wrap(head).getLong();
            });
  }

  /** Returns the message over which the MAC of a challenge is computed. */
  private static byte[] authenticated(byte[] head, TokenHash token) {
    return concat(CHALLENGE_PURPOSE, head, token.sha256());
  }

  /** Returns the message that the device key signs. */
  private static byte[] signed(byte[] challenge, TokenHash token) {
    return concat(PROOF_PURPOSE, challenge, new byte[1], token.sha256());
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /**
   * Records that a challenge was answered correctly, so that it cannot be used again.
   *
   * @return false if it was used before
   * @throws SQLException if the database rejects the change
   */
  static boolean spendChallenge(
      Transaction tx, DeviceChallenge challenge, String sessionId, Instant now)
      throws SQLException {
    String name = SPENT_PREFIX + Sha256.hex(challenge.value());
    return SpentNonces.spend(tx, name, sessionId, now, now.plus(SPENT_KEPT));
  }
}
