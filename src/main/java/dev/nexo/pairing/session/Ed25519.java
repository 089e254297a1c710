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
 * Verifies Ed25519 signatures (RFC 8032, section 5.1.7) with the JDK, which accepts more keys than
 * is safe: keys of low order, for which anyone can forge signatures, and keys in a second encoding.
 */
final class Ed25519 {

  /** The length of a public key, in bytes. */
  static final int KEY_BYTES = 32;

  /** The length of a signature, in bytes. */
  static final int SIGNATURE_BYTES = 64;

  private static final String ALGORITHM = "Ed25519";

  /** The prime of the field, 2^255 - 19 (RFC 8032, section 5.1). */
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  /** The y coordinate of a point of order 8, a solution of d·y⁴ + 2·y² = 1. */
  private static final BigInteger OF_ORDER_8 =
      new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);

  /**
   * The y coordinates of the eight points whose order divides the cofactor 8, the same list as in
   * libsodium's {@code ge25519_has_small_order}. A test computes them.
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
   * Returns whether a signature of a message is valid for a key. Malformed input is invalid and
   * causes no exception.
   *
   * @param key 32 bytes: y in little-endian order, with the lowest bit of x as the highest bit
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
    byte[] bigEndian = new byte[KEY_BYTES];
    for (int i = 0; i < KEY_BYTES; i++) {
      bigEndian[i] = key[KEY_BYTES - 1 - i];
    }
    boolean xOdd = bigEndian[0] < 0;
    bigEndian[0] &= 0x7f;
    return new EdECPoint(xOdd, new BigInteger(1, bigEndian));
  }

  private static PublicKey publicKey(EdECPoint point) throws GeneralSecurityException {
    return KeyFactory.getInstance(ALGORITHM)
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
