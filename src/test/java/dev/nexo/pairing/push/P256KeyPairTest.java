package dev.nexo.pairing.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.testing.PushReceiver;
import java.math.BigInteger;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Key pair on P-256 of a secret number")
class P256KeyPairTest {

  @ParameterizedTest(name = "{3}")
  @DisplayName("The public key is the generator times the secret number")
  @CsvSource({
    "c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721,"
        + "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6,"
        + "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299,"
        + "'RFC 6979, A.2.5'",
    "01,"
        + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,"
        + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5,"
        + "'the generator'",
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550,"
        + "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,"
        + "b01cbd1c01e58065711814b583f061e9d431cca994cea1313449bf97c840ae0a,"
        + "'the generator, mirrored'",
  })
  void vectors(String secret, String x, String y, String reason) {
    P256KeyPair pair = P256KeyPair.of(new BigInteger(secret, 16).subtract(BigInteger.ONE));
    assertThat(pair.privateKey().getS()).as(reason).isEqualTo(new BigInteger(secret, 16));
    assertThat(pair.publicKey().getW().getAffineX()).isEqualTo(new BigInteger(x, 16));
    assertThat(pair.publicKey().getW().getAffineY()).isEqualTo(new BigInteger(y, 16));
    assertThat(pair.toString()).isEqualTo("[redacted]");
  }

  @Test
  @DisplayName("The test's own decryption reads the example of RFC 8291")
  void exampleOfTheRfc() throws Exception {
    BigInteger secret = new BigInteger(1, bytes("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"));
    assertThat(
            PushReceiver.decrypt(
                P256KeyPair.of(secret.subtract(BigInteger.ONE)).privateKey(),
                bytes(
                    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
                bytes("BTBZMqHH6r4Tts7J_aSIgg"),
                bytes(
                    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLoc"
                        + "InmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyou"
                        + "BWLVWGNWQexSgSxsj_Qulcy4a-fN")))
        .isEqualTo("When I grow up, I want to be a watermelon");
  }

  private static byte[] bytes(String base64url) {
    return Base64.getUrlDecoder().decode(base64url);
  }
}
