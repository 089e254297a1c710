package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.testing.Together;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Signing key")
class SigningKeyTest {

  private static final byte[] BYTES =
      HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  private static byte[] message(int number) {
    return ("message " + number).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] expected(byte[] message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(BYTES, "HmacSHA256"));
    return mac.doFinal(message);
  }

  @Test
  @DisplayName("The signature is HMAC-SHA-256")
  void hmac() throws Exception {
    SigningKey key = new SigningKey(BYTES);

    assertThat(key.mac(message(1))).isEqualTo(expected(message(1)));
    assertThat(key.mac(new byte[0])).isEqualTo(expected(new byte[0]));
  }

  @Test
  @DisplayName("Many threads can share one key")
  void threads() throws Exception {
    SigningKey key = new SigningKey(BYTES);

    List<Boolean> right =
        Together.run(
            8,
            thread -> {
              for (int i = 0; i < 5_000; i++) {
                byte[] message = message(thread * 5_000 + i);
                if (!Arrays.equals(key.mac(message), new SigningKey(BYTES).mac(message))) {
                  return false;
                }
              }
              return true;
            });

    assertThat(right).containsOnly(true);
  }

  @Test
  @DisplayName("The key copies the bytes that it is given")
  void copiesBytes() throws Exception {
    byte[] given = BYTES.clone();
    SigningKey key = new SigningKey(given);
    Arrays.fill(given, (byte) 0);

    assertThat(key.mac(message(1))).isEqualTo(expected(message(1)));
  }

  @Test
  @DisplayName("The fingerprint is the SHA-256 of the key")
  void fingerprint() {
    assertThat(new SigningKey(BYTES).fingerprint())
        .isEqualTo("630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64})
  @DisplayName("Any length other than 32 bytes is refused")
  void otherLength(int length) {
    assertThatThrownBy(() -> new SigningKey(new byte[length]))
        .isInstanceOf(InvalidValueException.class)
        .hasMessage("signing_key must be 32 bytes");
  }

  @Test
  @DisplayName("Null is refused")
  void nullBytes() {
    assertThatThrownBy(() -> new SigningKey(null)).isInstanceOf(InvalidValueException.class);
  }

  @Test
  @DisplayName("The string representation has nothing of the key")
  void redacted() {
    assertThat(new SigningKey(BYTES)).hasToString("[redacted]");
  }
}
