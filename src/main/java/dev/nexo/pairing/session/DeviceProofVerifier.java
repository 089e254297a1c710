package dev.nexo.pairing.session;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.nexo.pairing.codec.Base64Url;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges whether a companion holds the key it names: its signature has to cover a fresh challenge
 * and the very token that comes with it (contract, section 8). Thread-safe, never throws for what a
 * stranger can send.
 */
@Component
class DeviceProofVerifier {

  private static final byte[] PURPOSE = "nexo-pairing/v1".getBytes(US_ASCII);

  private final ChallengeIssuer challenges;

  @Inject
  DeviceProofVerifier(ChallengeIssuer challenges) {
    this.challenges = challenges;
  }

  /** Whether the proof holds. Whether its challenge was used before, only the database knows. */
  boolean hold(DeviceProof proof, TokenHash token, Instant now) {
    if (proof.key() == null || proof.challenge() == null) {
      return false;
    }
    Optional<byte[]> challenge = challenges.check(proof.challenge(), token, now);
    Optional<byte[]> signature = Base64Url.decode(proof.signature(), Ed25519.SIGNATURE_BYTES);
    return challenge.isPresent()
        && signature.isPresent()
        && Ed25519.verify(proof.key().bytes(), message(challenge.get(), token), signature.get());
  }

  /** What is signed; a zero byte ends each of the first two parts. */
  private static byte[] message(byte[] challenge, TokenHash token) {
    byte[] hash = token.sha256();
    return ByteBuffer.allocate(PURPOSE.length + 1 + challenge.length + 1 + hash.length)
        .put(PURPOSE)
        .put((byte) 0)
        .put(challenge)
        .put((byte) 0)
        .put(hash)
        .array();
  }
}
