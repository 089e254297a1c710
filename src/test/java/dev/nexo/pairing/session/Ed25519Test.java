package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testkit.StubDevice;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Ed25519 signatures")
class Ed25519Test {

  private static final BigInteger P = Ed25519.P;
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "TEST 1, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
        + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "TEST 2, 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
        + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "TEST 3, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
        + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
  })
  @DisplayName("The vectors of RFC 8032, section 7.1 verify; any changed bit fails")
  void rfc8032(String name, String key, String message, String signature) {
    assertThat(Ed25519.verify(hex(key), hex(message), hex(signature))).isTrue();
    for (int bit = 0; bit < 512; bit += 7) {
      byte[] bad = hex(signature);
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(Ed25519.verify(hex(key), hex(message), bad)).as("bit %d", bit).isFalse();
    }
    byte[] otherSign = hex(key);
    otherSign[31] ^= (byte) 0x80;
    assertThat(Ed25519.verify(otherSign, hex(message), hex(signature))).isFalse();
    assertThat(Ed25519.verify(hex(key), hex(message + "00"), hex(signature))).isFalse();
  }

  /** 32 bytes, the lowest first. */
  private static byte[] encoded(BigInteger y, boolean xOdd) {
    byte[] highestFirst = y.toByteArray();
    byte[] bytes = new byte[32];
    for (int i = 0; i < Math.min(32, highestFirst.length); i++) {
      bytes[i] = highestFirst[highestFirst.length - 1 - i];
    }
    bytes[31] |= (byte) (xOdd ? 0x80 : 0);
    return bytes;
  }

  /** Spelled out here, so that a slip in the code's own list does not spoil the table as well. */
  static Stream<Arguments> hostileKeys() {
    String zeros = "00".repeat(30);
    String ones = "ff".repeat(30);
    return Stream.of(
        Arguments.of("order 1", "01" + zeros + "00"),
        Arguments.of("order 2", "ec" + ones + "7f"),
        Arguments.of("order 4", "00" + zeros + "00"),
        Arguments.of("order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        Arguments.of(
            "order 8, the other y",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        Arguments.of("p, which is 0 again", "ed" + ones + "7f"),
        Arguments.of("p + 1, which is 1 again", "ee" + ones + "7f"),
        Arguments.of("p + 3, which is a point's y", "f0" + ones + "7f"),
        Arguments.of("the largest that fits", "ff" + ones + "7f"),
        Arguments.of("on no curve", "02" + zeros + "00"));
  }

  /**
   * What a point of low order would let pass: R = the neutral element or a point of low order, S =
   * 0. For one message in eight at the worst it fits.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileKeys")
  @DisplayName("A signature of a hostile key is invalid")
  void hostile(String what, String digits) {
    for (boolean xOdd : new boolean[] {false, true}) {
      byte[] key = hex(digits);
      key[31] |= (byte) (xOdd ? 0x80 : 0);
      for (byte[] r : new byte[][] {encoded(BigInteger.ONE, false), key}) {
        byte[] signature = Arrays.copyOf(r, 64);
        for (byte message = 0; message < 64; message++) {
          assertThat(Ed25519.verify(key, new byte[] {message}, signature)).isFalse();
        }
      }
    }
  }

  @Test
  @DisplayName("The list has exactly the points of low order")
  void lowOrder() {
    BigInteger d =
        BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    for (BigInteger y : Ed25519.LOW_ORDER) {
      BigInteger y2 = y.pow(2).mod(P);
      // The curve is -x² + y² = 1 + d·x²·y² (RFC 8032, section 5.1).
      BigInteger x2 =
          y2.subtract(BigInteger.ONE)
              .multiply(d.multiply(y2).add(BigInteger.ONE).modInverse(P))
              .mod(P);
      BigInteger x = root(x2);
      assertThat(x.pow(2).mod(P)).as("on the curve").isEqualTo(x2);
      BigInteger[] point = {x, y};
      for (int doubling = 0; doubling < 3; doubling++) {
        point = doubled(point, d);
      }
      assertThat(point).containsExactly(BigInteger.ZERO, BigInteger.ONE);
    }
    // One, two, two and twice two points: there are eight whose order divides 8.
    assertThat(Ed25519.LOW_ORDER).hasSize(5);
  }

  /** p is 5 mod 8 (RFC 8032, section 5.1.3). */
  private static BigInteger root(BigInteger square) {
    BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    BigInteger i = BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);
    return root.pow(2).mod(P).equals(square) ? root : root.multiply(i).mod(P);
  }

  private static BigInteger[] doubled(BigInteger[] point, BigInteger d) {
    BigInteger x = point[0];
    BigInteger y = point[1];
    BigInteger product = d.multiply(x.pow(2)).multiply(y.pow(2)).mod(P);
    return new BigInteger[] {
      x.multiply(y)
          .multiply(BigInteger.TWO)
          .multiply(BigInteger.ONE.add(product).modInverse(P))
          .mod(P),
      y.pow(2).add(x.pow(2)).multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P)
    };
  }

  @Test
  @DisplayName("A signature with S raised by the group order is invalid")
  void malleability() {
    StubDevice device = new StubDevice();
    byte[] message = {1, 2, 3};
    byte[] good = device.sign(message);
    byte[] key = device.key().bytes();
    assertThat(Ed25519.verify(key, message, good)).isTrue();
    byte[] s = Arrays.copyOfRange(good, 32, 64);
    byte[] highestFirst = new byte[32];
    for (int i = 0; i < 32; i++) {
      highestFirst[i] = s[31 - i];
    }
    byte[] raised = Arrays.copyOf(good, 64);
    System.arraycopy(encoded(new BigInteger(1, highestFirst).add(L), false), 0, raised, 32, 32);
    assertThat(Ed25519.verify(key, message, raised)).isFalse();
    assertThat(Ed25519.verify(key, message, Arrays.copyOf(good, 63))).isFalse();
    assertThat(Ed25519.verify(key, message, Arrays.copyOf(good, 65))).isFalse();
    assertThat(Ed25519.verify(Arrays.copyOf(key, 31), message, good)).isFalse();
    assertThat(Ed25519.verify(Arrays.copyOf(key, 33), message, good)).isFalse();
  }
}
