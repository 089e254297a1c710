package dev.nexo.pairing.setupcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.Vectors;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.SetupCode;
import dev.nexo.pairing.companion.SetupCodeIssuer;
import dev.nexo.pairing.companion.TokenCheck;
import dev.nexo.pairing.companion.TokenRejection;
import dev.nexo.pairing.companion.VerifiedClaims;
import dev.nexo.pairing.spi.TokenIssueListener;
import dev.nexo.pairing.testing.PairingContainer;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Token issuer")
class TokenIssuerTest extends SetupCodeContract {

  private static final int DAY = 86_400;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private PairingContainer server;
  private SetupCodeIssuer issuer;

  @BeforeEach
  void open() {
    server = keep(opening("a").with(TokenIssueListener.class, heard::add).open());
    issuer = server.get(SetupCodeIssuer.class);
  }

  private VerifiedClaims claims(SetupCode code) {
    return ((TokenCheck.Valid) issuer.verify(code.bootstrapToken())).claims();
  }

  @Test
  @DisplayName("A code has the requested values")
  void issues() {
    SetupCode code = issuer.issue(URL, "kiosk", Duration.ofMinutes(5), "móvil 📱");
    assertThat(code.url()).isEqualTo(URL);
    assertThat(code.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    VerifiedClaims claims = claims(code);
    assertThat(claims.profile()).isEqualTo("kiosk");
    assertThat(claims.deviceLabel()).isEqualTo("móvil 📱");
    assertThat(claims.expiresAt()).isEqualTo(code.expiresAt());
    assertThat(claims.nonce()).matches("[0-9a-f]{32}");
    assertThat(heard).containsExactly("kiosk");
  }

  @Test
  @DisplayName("Missing values have their defaults")
  void defaults() {
    SetupCode code = issuer.issue(URL, null, null, null);
    assertThat(code.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofSeconds(60)));
    assertThat(claims(code).profile()).isEqualTo("companion-v1");
    assertThat(claims(code).deviceLabel()).isNull();
    assertThat(heard).containsExactly("companion-v1");
  }

  @Test
  @DisplayName("The claims are exactly the documented ones")
  void claimNames() {
    String token = issuer.issue(URL, null, null, null).bootstrapToken().value();
    byte[] claims = Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    assertThat(new String(claims, StandardCharsets.UTF_8))
        .matches(
            "\\{\"profile\":\"companion-v1\",\"expires_at\":\"2026-11-01T12:01:00Z\","
                + "\"nonce\":\"[0-9a-f]{32}\"}");
  }

  @Test
  @DisplayName("Every nonce is different")
  void uniqueNonces() {
    Set<String> nonces = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      nonces.add(claims(issuer.issue(URL, null, null, null)).nonce());
    }
    assertThat(nonces).hasSize(1_000);
  }

  @Test
  @DisplayName("A request with an invalid value is refused, and its field is named")
  void invalidValues() {
    Object[][] rows = {
      // url, profile, seconds, label, the field at fault or null
      {URL, null, null, null, null},
      {null, null, null, null, "url"},
      {"", null, null, null, "url"},
      {" \t", null, null, null, "url"},
      {URL, "", null, null, "profile"},
      {URL, "a".repeat(64), null, null, null},
      {URL, "a".repeat(65), null, null, "profile"},
      {URL, "AZaz09._-", null, null, null},
      {URL, "a b", null, null, "profile"},
      {URL, "a/b", null, null, "profile"},
      {URL, "é", null, null, "profile"},
      {URL, "a\"b", null, null, "profile"},
      {URL, "a\n", null, null, "profile"},
      {URL, null, 0.999, null, "ttl_secs"},
      {URL, null, 0.0, null, "ttl_secs"},
      {URL, null, -60.0, null, "ttl_secs"},
      {URL, null, 1.0, null, null},
      {URL, null, (double) DAY, null, null},
      {URL, null, DAY + 0.001, null, "ttl_secs"},
      {URL, null, 1e12, null, "ttl_secs"},
      {URL, null, null, "", null},
      {URL, null, null, "a".repeat(64), null},
      {URL, null, null, "a".repeat(65), "device_label"},
      {URL, null, null, "📱".repeat(64), null},
      {URL, null, null, "📱".repeat(65), "device_label"},
      {URL, null, null, "my\nphone", "device_label"},
      {URL, null, null, "my\u0000phone", "device_label"},
      {URL, null, null, "my\u007fphone", "device_label"},
      {URL, null, null, "my\u009bphone", "device_label"},
      {URL, null, null, "my\ud83dphone", "device_label"},
      {URL, null, null, "my phone \"😀\" \\ ñ", null},
    };
    for (Object[] row : rows) {
      Duration ttl = row[2] == null ? null : Duration.ofMillis(Math.round(1_000 * (double) row[2]));
      if (row[4] == null) {
        SetupCode code = issuer.issue((String) row[0], (String) row[1], ttl, (String) row[3]);
        assertThat(claims(code).deviceLabel()).isEqualTo(row[3]);
        continue;
      }
      assertThatThrownBy(() -> issuer.issue((String) row[0], (String) row[1], ttl, (String) row[3]))
          .as("%s", List.of(row[4], String.valueOf(row[1]), String.valueOf(row[3])))
          .isInstanceOfSatisfying(
              InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(row[4]));
    }
  }

  @Test
  @DisplayName("A refused request creates no key and sends no event")
  void refusedRequest() {
    assertThatThrownBy(() -> issuer.issue("", null, null, null))
        .isInstanceOf(InvalidValueException.class);
    assertThat(keyPath("a")).doesNotExist();
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("A token is refused from its expiry on")
  void expiry() {
    BootstrapToken token = issue(server, Duration.ofSeconds(1));
    clock.move(Duration.ofMillis(999));
    VerifiedClaims claims = ((TokenCheck.Valid) issuer.verify(token)).claims();
    clock.move(Duration.ofMillis(1));
    assertThat(issuer.verify(token))
        .isEqualTo(new TokenCheck.Refused(TokenRejection.EXPIRED, claims));
  }

  @Test
  @DisplayName("The token vectors are judged as listed")
  void vectors() {
    JsonObject vectors = Vectors.json("tokens.json").asJsonObject();
    put(keyPath("a"), HexFormat.of().parseHex(vectors.getString("secret_hex")));
    ready(server);
    for (JsonObject row : vectors.getJsonArray("cases").getValuesAs(JsonObject.class)) {
      TokenCheck check = issuer.verify(new BootstrapToken(row.getString("token")));
      String word = check instanceof TokenCheck.Refused refused ? refused.fault().wireName() : "ok";
      assertThat(row.getString("verify").equals("refused") ? "refused" : word)
          .as(row.getString("name"))
          .isEqualTo(row.getString("verify"));
      assertThat(word.equals("ok")).isEqualTo(row.getString("verify").equals("ok"));
      if (check instanceof TokenCheck.Valid valid) {
        assertThat(valid.claims().nonce())
            .isEqualTo(row.getJsonObject("claims").getString("nonce"));
        assertThat(valid.claims().expiresAt()).isAfter(Instant.parse("2099-12-31T00:00:00Z"));
      }
    }
  }
}
