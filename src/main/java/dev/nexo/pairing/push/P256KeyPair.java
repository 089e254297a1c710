package dev.nexo.pairing.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/**
 * A key pair on the curve P-256 with a given secret number. Java generates key pairs at random
 * only, and has no method that computes a public key from a private one.
 */
record P256KeyPair(ECPrivateKey privateKey, ECPublicKey publicKey) {

  private static final byte[] SAMPLE = {1};

  /**
   * Returns the key pair of a secret number.
   *
   * @param seed any number, not negative; the secret number is this modulo n - 1, plus 1
   */
  static P256KeyPair of(BigInteger seed) {
    ECParameterSpec curve = curve();
    BigInteger secret = seed.mod(curve.getOrder().subtract(BigInteger.ONE)).add(BigInteger.ONE);
    try {
      KeyFactory factory = KeyFactory.getInstance("EC");
      ECPrivateKey privateKey =
          (ECPrivateKey) factory.generatePrivate(new ECPrivateKeySpec(secret, curve));
      return new P256KeyPair(privateKey, publicKey(privateKey, curve, factory));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has P-256", e);
    }
  }

  /** Returns whether 65 bytes are an uncompressed point on the curve. */
  static boolean isPoint(byte[] bytes) {
    EllipticCurve curve = curve().getCurve();
    BigInteger prime = prime(curve);
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(bytes, 1, 33));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(bytes, 33, 65));
    return bytes[0] == 4
        && x.compareTo(prime) < 0
        && y.compareTo(prime) < 0
        && y.pow(2).mod(prime).equals(square(x, curve, prime));
  }

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters named = AlgorithmParameters.getInstance("EC");
      named.init(new ECGenParameterSpec("secp256r1"));
      return named.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has P-256", e);
    }
  }

  private static BigInteger prime(EllipticCurve curve) {
    return ((ECFieldFp) curve.getField()).getP();
  }

  /**
   * The public key is the generator times the secret number. A Diffie-Hellman agreement with the
   * generator, in Java's own constant-time arithmetic, computes its x. Of the two points with this
   * x, it is the one that verifies a signature.
   */
  private static ECPublicKey publicKey(
      ECPrivateKey privateKey, ECParameterSpec curve, KeyFactory factory)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(privateKey);
    agreement.doPhase(
        factory.generatePublic(new ECPublicKeySpec(curve.getGenerator(), curve)), true);
    BigInteger x = new BigInteger(1, agreement.generateSecret());
    BigInteger prime = prime(curve.getCurve());
    BigInteger y = root(square(x, curve.getCurve(), prime), prime);
    ECPublicKey one = point(x, y, curve, factory);
    return matches(privateKey, one) ? one : point(x, prime.subtract(y), curve, factory);
  }

  private static BigInteger square(BigInteger x, EllipticCurve curve, BigInteger prime) {
    return x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(prime);
  }

  /** The prime of P-256 is 3 modulo 4. */
  private static BigInteger root(BigInteger square, BigInteger prime) {
    return square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
  }

  private static ECPublicKey point(
      BigInteger x, BigInteger y, ECParameterSpec curve, KeyFactory factory)
      throws GeneralSecurityException {
    return (ECPublicKey) factory.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
  }

  private static boolean matches(ECPrivateKey privateKey, ECPublicKey publicKey)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(privateKey);
    signature.update(SAMPLE);
    byte[] signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(SAMPLE);
    return signature.verify(signed);
  }

  /** Omits the keys. */
  @Override
  public String toString() {
    return "[redacted]";
  }
}
