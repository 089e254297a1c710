package dev.nexo.pairing.session;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/**
 * Checks Ed25519 signatures (RFC 8032, section 5.1.7) by the JDK, and is stricter about keys than
 * that: a point of low order verifies signatures that nobody made, and one point may have one
 * spelling only.
 */
final class Ed25519 {

  /** The length of a public key, in bytes. */
  static final int KEY_BYTES = 32;

  /** The length of a signature, in bytes. */
  static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "Ed25519";

  /** The field's prime, 2^255 - 19 (RFC 8032, section 5.1). */
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The y of a point of order 8: it solves d·y⁴ + 2·y² = 1, that is, its double has y = 0. */
  private static final BigInteger OF_ORDER_8 =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  /**
   * The y of the eight points whose order divides the cofactor 8; all x of each are meant. As
   * encodings they are the list of libsodium's {@code ge25519_has_small_order}; a test does the
   * sums anew.
   */
  static final Set<BigInteger> LOW_ORDER =
      Set.of(
          // Order 4.
          BigInteger.ZERO,
          // Order 1.
          BigInteger.ONE,
          // Order 2.
          P.subtract(BigInteger.ONE),
          OF_ORDER_8,
          P.subtract(OF_ORDER_8));

  private Ed25519() {}

  /**
   * Whether this key made this signature of this message. Everything that is wrong with one of them
   * is a no, also what makes the JDK throw.
   *
   * @param key 32 bytes: y, the lowest byte first, and in the highest bit whether x is odd
   * @param signature 64 bytes
   */
  static boolean verify(byte[] key, byte[] message, byte[] signature) {
    if (key.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
      return false;
    }
    EdECPoint point = point(key);
    if (point.getY().compareTo(P) >= 0 || LOW_ORDER.contains(point.getY())) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(ALGORITHM);
      check.initVerify(publicKey(point));
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException | RuntimeException e) {
      return false;
    }
  }

  private static EdECPoint point(byte[] key) {
    byte[] highestFirst = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      highestFirst[i] = key[KEY_BYTES - 1 - i];
    }
    boolean xOdd = highestFirst[0] < 0;
    highestFirst[0] &= 0x7f;
    return new EdECPoint(xOdd, new BigInteger(1, highestFirst));
  }

  private static PublicKey publicKey(EdECPoint point) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
