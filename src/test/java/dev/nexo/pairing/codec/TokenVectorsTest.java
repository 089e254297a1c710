package dev.nexo.pairing.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenCheck.Refused;
import dev.nexo.pairing.companion.TokenCheck.Valid;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.companion.VerifiedClaims;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract's tokens, made by an independent program. */
@DisplayName("Token vectors")
class TokenVectorsTest {

  private static final JsonObject VECTORS = (JsonObject) Vectors.json("tokens.json");
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final SigningKey KEY =
      new SigningKey(HexFormat.of().parseHex(VECTORS.getString("secret_hex")));

  private static Stream<Arguments> cases(boolean valid) {
    return VECTORS.getJsonArray("cases").getValuesAs(JsonObject.class).stream()
        .filter(row -> row.containsKey("claims") == valid)
        .map(row -> arguments(row.getString("name"), row));
  }

  static Stream<Arguments> valid() {
    return cases(true);
  }

  static Stream<Arguments> refused() {
    return cases(false);
  }

  private static BootstrapToken token(JsonObject row) {
    return new BootstrapToken(row.getString("token"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("valid")
  @DisplayName("A valid vector has the listed claims")
  void validVectors(String name, JsonObject row) {
    assertThat(row.getString("verify")).isEqualTo("ok");
    JsonObject claims = row.getJsonObject("claims");
    Instant expiresAt = OffsetDateTime.parse(claims.getString("expires_at")).toInstant();
    String label = claims.getString("device_label", null);

    assertThat(BootstrapTokens.verify(token(row), List.of(KEY), NOW))
        .isEqualTo(
            new Valid(
                new VerifiedClaims(
                    claims.getString("profile"), expiresAt, claims.getString("nonce"), label)));
    assertThat(BootstrapTokens.expiresAt(token(row))).isEqualTo(expiresAt);
    assertThat(BootstrapTokens.deviceLabel(token(row)).orElse(null)).isEqualTo(label);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  @DisplayName("An invalid vector is refused for the listed reason")
  void refusedVectors(String name, JsonObject row) {
    TokenCheck check = BootstrapTokens.verify(token(row), List.of(KEY), NOW);

    assertThat(check).isInstanceOf(Refused.class);
    TokenRejection fault = ((Refused) check).fault();
    if (!row.getString("verify").equals("refused")) {
      assertThat(fault.wireName()).isEqualTo(row.getString("verify"));
    }
    if (fault == TokenRejection.MALFORMED) {
      assertThatThrownBy(() -> BootstrapTokens.expiresAt(token(row)))
          .isInstanceOf(InvalidValueException.class);
    }
  }
}
