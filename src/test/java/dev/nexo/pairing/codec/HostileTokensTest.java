package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenCheck.Valid;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A hundred thousand tokens that went wrong on their way, some before they were signed. */
@DisplayName("Hostile tokens")
class HostileTokensTest {

  private static final int ROUNDS = 100_000;
  private static final Instant NOW = Instant.parse("2026-11-22T20:44:14Z");
  private static final SigningKey KEY = new SigningKey(new byte[SigningKey.LENGTH]);
  private static final byte[][] PIECES =
      Arrays.stream(
              new String[] {
                "{",
                "}",
                "[",
                "]",
                "\"",
                ":",
                ",",
                "\\",
                "\\u",
                "\\ud83d",
                "\\udcf1",
                "null",
                "true",
                "-",
                "1e9",
                "0",
                ".",
                "=",
                " ",
                "\n",
                "\u0000",
                "é",
                "📱",
                "[[[[[[[[",
                "Z",
                "+01:00",
                "\"nonce\":\"x\",",
                "\"x\":{\"x\":1},",
                "{\"a\":"
              })
          .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);

  /** Generates the same tokens in every run. */
  private final Random random = new Random(20_261_122);

  private static byte[] claims() {
    String token = BootstrapTokens.sign(KEY, "p", NOW.plusSeconds(9), "00ff", "é\"📱").value();
    return Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
  }

  private static String b64u(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** One to four changes: a byte, a cut, a piece put in, or a part said twice. */
  private byte[] changed(byte[] bytes) {
    byte[] result = bytes;
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(result.length + 1);
      int end = Math.min(result.length, at + random.nextInt(12));
      result =
          switch (random.nextInt(4)) {
            case 0 -> join(result, at, new byte[] {(byte) random.nextInt(256)}, at + 1);
            case 1 -> join(result, at, new byte[0], end);
            case 2 -> join(result, at, PIECES[random.nextInt(PIECES.length)], at);
            default -> join(result, end, Arrays.copyOfRange(result, at, end), end);
          };
    }
    return result;
  }

  private static byte[] join(byte[] bytes, int end, byte[] piece, int start) {
    int rest = Math.max(0, bytes.length - start);
    byte[] joined = Arrays.copyOf(bytes, end + piece.length + rest);
    System.arraycopy(piece, 0, joined, end, piece.length);
    System.arraycopy(bytes, bytes.length - rest, joined, end + piece.length, rest);
    return joined;
  }

  @Test
  @DisplayName("Corrupted claims that are signed never throw")
  void corruptClaims() {
    byte[] claims = claims();
    int valid = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] changed = changed(claims);
      BootstrapToken token = new BootstrapToken(b64u(changed) + "." + b64u(KEY.mac(changed)));
      if (verify(token) instanceof Valid) {
        assertThat(asOthersReadIt(changed).getString("nonce"))
            .isEqualTo(((Valid) verify(token)).claims().nonce());
        valid++;
      }
    }
    // Both ways were gone: changes inside a text do no harm to the form.
    assertThat(valid).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  @Test
  @DisplayName("Corrupted tokens never throw and are never valid")
  void corruptTokens() {
    byte[] claims = claims();
    String token = b64u(claims) + "." + b64u(KEY.mac(claims));
    for (int i = 0; i < ROUNDS; i++) {
      byte[] changed = changed(token.getBytes(StandardCharsets.ISO_8859_1));
      String text = new String(changed, StandardCharsets.ISO_8859_1);
      assertThat(verify(new BootstrapToken(text)) instanceof Valid).isEqualTo(text.equals(token));
    }
  }

  @Test
  @DisplayName("Corrupted payloads throw only the documented exception")
  void corruptPayloads() {
    byte[] json =
        "{\"url\":\"wss://x\",\"bootstrap_token\":\"a\",\"expires_at\":\"2099-12-31T23:59:59Z\"}"
            .getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      try {
        SetupCodes.decode(b64u(changed(json)));
        read++;
      } catch (InvalidValueException e) {
        assertThat(e.field()).isEqualTo("payload");
      }
    }
    assertThat(read).isBetween(ROUNDS / 100, ROUNDS / 2);
  }

  private static TokenCheck verify(BootstrapToken token) {
    try {
      return BootstrapTokens.verify(token, List.of(KEY), NOW);
    } catch (RuntimeException | StackOverflowError e) {
      return fail("Threw on " + token.value(), e);
    }
  }

  private static JsonObject asOthersReadIt(byte[] json) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
      return reader.readObject();
    }
  }
}
