package dev.nexo.pairing.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.testing.PackagedServer;
import dev.nexo.pairing.testing.ServerClient;
import dev.nexo.pairing.testing.Together;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A companion pairs with the packaged server, from setup code to session. */
@DisplayName("Pairing a companion with the packaged server")
class CompanionPairsIT {

  private static final Duration SOON = Duration.ofSeconds(15);
  private static final int MAX_STOPS = 3;
  private static final Base64.Encoder B64U = Base64.getUrlEncoder().withoutPadding();

  /** The secrets that must not be in a log or in the database. */
  private static final List<String> SECRETS = new CopyOnWriteArrayList<>();

  private static PackagedServer server;
  private static ServerClient operator;

  @BeforeAll
  static void start() {
    server =
        new PackagedServer("companion")
            .environment("PAIRING_TRUSTED_PROXIES", "127.0.0.1")
            .environment("PAIRING_SETUP_CODE_DEFAULT_TTL_SECS", "600");
    server.environment("PAIRING_PUBLIC_URL", "ws://127.0.0.1:" + server.port()).start();
    operator = server.operator();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonObject setupCode(String label) {
    ServerClient.Answer answer =
        operator.post(
            "/setup-codes", Json.createObjectBuilder().add("device_label", label).build());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    JsonObject code = answer.json();
    SECRETS.add(code.getString("bootstrap_token"));
    SECRETS.add(code.getString("payload"));
    return code;
  }

  private static JsonObject tokenFrame(String token, boolean keep) {
    var frame = Json.createObjectBuilder().add("bootstrap_token", token);
    return (keep ? frame.add("keep", true) : frame).build();
  }

  private static ServerClient companion(String sessionToken) {
    SECRETS.add(sessionToken);
    return ServerClient.bearer(server.port(), sessionToken);
  }

  private static String state(JsonObject code) {
    return operator
        .get("/api/v1/setup-codes/" + code.getString("setup_id"))
        .json()
        .getString("state");
  }

  private static long liveSessions() {
    return operator.get("/api/v1/sessions?limit=1000").json().getJsonArray("sessions").size();
  }

  @Test
  @DisplayName("A companion pairs, and its token is valid before and after a restart")
  void pairs() {
    Map<String, Double> before = server.anyone().metrics();
    JsonObject code = setupCode("phone-65");
    JsonObject decoded = PlainCompanion.decode(code.getString("payload"));
    assertThat(decoded.getString("url")).isEqualTo("ws://127.0.0.1:" + server.port() + "/pair");
    assertThat(code.getString("url_source")).isEqualTo("pairing.public_url");
    assertThat(state(code)).isEqualTo("issued");

    String token;
    try (PlainCompanion companion = PlainCompanion.at(decoded.getString("url"))) {
      companion.send(tokenFrame(decoded.getString("bootstrap_token"), false));
      token = companion.frame(0).getString("session_token");
      assertThat(companion.closeCode()).isEqualTo(1000);
      assertThat(companion.frames()).hasSize(1);
    }
    assertThat(Base64.getUrlDecoder().decode(token)).hasSize(32);

    JsonObject session = companion(token).get("/api/v1/companion/session").json();
    assertThat(session.getString("profile")).isEqualTo("companion-v1");
    assertThat(session.getString("device_label")).isEqualTo("phone-65");
    JsonObject redeemed = operator.get("/api/v1/setup-codes/" + code.getString("setup_id")).json();
    assertThat(redeemed.getString("state")).isEqualTo("redeemed");
    assertThat(redeemed.getString("session_id")).isEqualTo(session.getString("session_id"));

    // The gauge is counted at most every 250 ms.
    await("the gauge")
        .atMost(Duration.ofSeconds(10))
        .until(
            () ->
                server.anyone().metrics().get("pairing_sessions_live")
                    == before.get("pairing_sessions_live") + 1);
    Map<String, Double> after = server.anyone().metrics();
    for (String name :
        List.of(
            "pairing_bootstrap_tokens_issued_total{profile=\"companion-v1\"}",
            "pairing_redemptions_total{result=\"ok\"}",
            "pairing_sessions_live")) {
      assertThat(after.get(name)).as(name).isEqualTo(before.get(name) + 1);
    }

    // A busy machine may cut off a connection before the close frame is written.
    List<Integer> closeCodes = new ArrayList<>();
    while (!closeCodes.contains(1001) && closeCodes.size() < MAX_STOPS) {
      closeCodes.add(closeCodeAtStop());
    }
    assertThat(closeCodes).as("the server is stopping").contains(1001);
    assertThat(companion(token).get("/api/v1/companion/session").json()).isEqualTo(session);
  }

  /** Stops and starts the server while a connection is open. Returns how the server closed it. */
  private static int closeCodeAtStop() {
    JsonObject kept = setupCode("kept");
    try (PlainCompanion companion =
        PlainCompanion.withBearer(
            kept.getString("url") + "?keep=true", kept.getString("bootstrap_token"))) {
      SECRETS.add(companion.frame(0).getString("session_token"));
      server.stop();
      server.start();
      return companion.closeCode();
    }
  }

  @Test
  @DisplayName("A connection opened with the token is closed when the session ends")
  void keptAndRevoked() {
    JsonObject code = setupCode("tablet");
    try (PlainCompanion companion =
        PlainCompanion.withBearer(
            code.getString("url") + "?keep=true", code.getString("bootstrap_token"))) {
      String token = companion.frame(0).getString("session_token");
      ServerClient bearer = companion(token);
      String id = bearer.get("/api/v1/companion/session").json().getString("session_id");
      assertThat(companion.isOpen()).isTrue();

      assertThat(operator.delete("/sessions/" + id).status()).isEqualTo(204);
      assertThat(companion.frame(1))
          .isEqualTo(Json.createObjectBuilder().add("event", "revoked").build());
      assertThat(companion.closeCode()).isEqualTo(1000);
      assertThat(bearer.get("/api/v1/companion/session").status()).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("A dropped connection is opened again with the session token, and renews it")
  void connectsAgain() {
    JsonObject code = setupCode("roaming");
    String token;
    try (PlainCompanion companion =
        PlainCompanion.withBearer(
            code.getString("url") + "?keep=true", code.getString("bootstrap_token"))) {
      token = companion.frame(0).getString("session_token");
      // Closing aborts the connection, as a lost network does.
    }
    JsonObject session = companion(token).get("/api/v1/companion/session").json();
    String id = session.getString("session_id");
    try (PlainCompanion onUpgrade =
            PlainCompanion.withBearer(code.getString("url") + "?keep=true", token);
        PlainCompanion byFrame = PlainCompanion.at(code.getString("url"))) {
      byFrame.send(
          Json.createObjectBuilder().add("session_token", token).add("keep", true).build());
      for (PlainCompanion again : List.of(onUpgrade, byFrame)) {
        assertThat(again.frame(0).getString("session_id")).isEqualTo(id);
        assertThat(Instant.parse(again.frame(0).getString("expires_at")))
            .isAfterOrEqualTo(Instant.parse(session.getString("expires_at")));
      }
      JsonObject rotated = companion(token).post("/companion/session/rotate").json();
      SECRETS.add(rotated.getString("session_token"));
      assertThat(Instant.parse(rotated.getString("expires_at")))
          .isAfter(Instant.parse(session.getString("expires_at")));
      assertThat(operator.delete("/sessions/" + id).status()).isEqualTo(204);
      for (PlainCompanion again : List.of(onUpgrade, byFrame)) {
        assertThat(again.frame(1).getString("event")).isEqualTo("revoked");
        assertThat(again.closeCode()).isEqualTo(1000);
      }
      try (PlainCompanion late = PlainCompanion.at(code.getString("url"))) {
        late.send(Json.createObjectBuilder().add("session_token", token).build());
        assertThat(late.frame(0)).containsKey("error");
        assertThat(late.closeCode()).isEqualTo(1008);
      }
    }
  }

  @Test
  @DisplayName("64 redemptions of one token at once open one session")
  void onlyOne() throws Exception {
    JsonObject code = setupCode("contested");
    String token = code.getString("bootstrap_token");
    long before = liveSessions();
    List<Boolean> opened =
        Together.run(
            64,
            i -> {
              String address = "203.0.113." + i;
              if (i % 2 == 0) {
                return ServerClient.bearer(server.port(), token)
                        .from(address)
                        .post("/companion/session")
                        .status()
                    == 201;
              }
              boolean onUpgrade = i % 4 == 1;
              try (PlainCompanion companion =
                  PlainCompanion.from(address, code.getString("url"), onUpgrade ? token : null)) {
                if (!onUpgrade) {
                  companion.send(tokenFrame(token, false));
                }
                return companion.frame(0).containsKey("session_token");
              }
            });
    assertThat(opened).filteredOn(won -> won).hasSize(1);
    assertThat(liveSessions()).isEqualTo(before + 1);
  }

  @Test
  @DisplayName("A companion with a device key that lost the answer gets another one")
  void lostAnswer() throws Exception {
    KeyPair device = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    JsonObject code = setupCode("keyed");
    String token = code.getString("bootstrap_token");
    String first = redeemWithKey(code.getString("url"), token, device);
    String second = redeemWithKey(code.getString("url"), token, device);
    assertThat(second).isNotEqualTo(first);
    assertThat(companion(first).get("/api/v1/companion/session").status()).isEqualTo(401);
    JsonObject session = companion(second).get("/api/v1/companion/session").json();

    KeyPair other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    try (PlainCompanion thief = PlainCompanion.at(code.getString("url"))) {
      assertThat(exchange(thief, token, other)).containsKey("error");
      assertThat(thief.closeCode()).isEqualTo(1008);
    }
    assertThat(companion(second).get("/api/v1/companion/session").json()).isEqualTo(session);
    await("the warning in the audit trail")
        .atMost(SOON)
        .until(() -> operator.get("/api/v1/audit").body().contains("token_replayed"));
    assertThat(operator.get("/api/v1/sessions").body()).contains("\"device_key\":true");

    // Rotation also requires the device key.
    assertThat(companion(second).post("/companion/session/rotate").status()).isEqualTo(401);
    String challenge = companion(second).post("/companion/challenge").json().getString("challenge");
    ServerClient.Answer rotated =
        companion(second)
            .post(
                "/companion/session/rotate",
                Json.createObjectBuilder()
                    .add("device_key", B64U.encodeToString(raw(device)))
                    .add("challenge", challenge)
                    .add("signature", sign(device, challenge, second))
                    .build());
    assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
    String third = rotated.json().getString("session_token");
    assertThat(companion(second).get("/api/v1/companion/session").status()).isEqualTo(401);
    assertThat(companion(third).delete("/companion/session").status()).isEqualTo(204);
    assertThat(companion(third).get("/api/v1/companion/session").status()).isEqualTo(401);
  }

  private static String redeemWithKey(String url, String token, KeyPair device) throws Exception {
    try (PlainCompanion companion = PlainCompanion.at(url)) {
      return exchange(companion, token, device).getString("session_token");
    }
  }

  private static JsonObject exchange(PlainCompanion companion, String token, KeyPair device)
      throws Exception {
    companion.send(
        Json.createObjectBuilder()
            .add("bootstrap_token", token)
            .add("device_key", B64U.encodeToString(raw(device)))
            .build());
    String challenge = companion.frame(0).getString("challenge");
    companion.send(
        Json.createObjectBuilder().add("signature", sign(device, challenge, token)).build());
    return companion.frame(1);
  }

  /** The 32 bytes at the end of the key's X.509 form (RFC 8410, section 4). */
  private static byte[] raw(KeyPair device) {
    byte[] x509 = device.getPublic().getEncoded();
    return Arrays.copyOfRange(x509, x509.length - 32, x509.length);
  }

  private static String sign(KeyPair device, String challenge, String token)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(device.getPrivate());
    signature.update("nexo-pairing/v1".getBytes(StandardCharsets.US_ASCII));
    signature.update((byte) 0);
    signature.update(Base64.getUrlDecoder().decode(challenge));
    signature.update((byte) 0);
    signature.update(
        MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII)));
    return B64U.encodeToString(signature.sign());
  }

  @Test
  @DisplayName("Old and new codes pair after a key rotation, and the file is private")
  void rotatesTheKey() throws IOException {
    JsonObject old = setupCode("before");
    ServerClient.Answer rotated = operator.post("/setup-codes/rotate-key");
    assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
    assertThat(rotated.json().getString("still_valid_until")).isNotBlank();
    JsonObject fresh = setupCode("after");
    for (JsonObject code : List.of(old, fresh)) {
      assertThat(
              ServerClient.bearer(server.port(), code.getString("bootstrap_token"))
                  .post("/companion/session")
                  .status())
          .isEqualTo(201);
    }
    Path secrets = server.home().resolve("secret");
    try (Stream<Path> files = Files.list(secrets)) {
      for (Path file : files.filter(one -> one.toString().contains("pairing.key")).toList()) {
        assertThat(Files.getPosixFilePermissions(file)).as(file.toString()).hasSize(2);
        assertThat(file).hasSize(32);
      }
    }
    assertThat(server.anyone().get("/health/ready").status()).isEqualTo(200);
  }

  @Test
  @DisplayName("Neither log nor database contains a token that was used")
  void onlyHashesAtRest() throws IOException {
    JsonObject code = setupCode("searched-for");
    String token =
        ServerClient.bearer(server.port(), code.getString("bootstrap_token"))
            .post("/companion/session")
            .json()
            .getString("session_token");
    assertThat(companion(token).get("/api/v1/companion/session").status()).isEqualTo(200);
    try (Stream<Path> logs = server.logFiles();
        Stream<Path> data = Files.list(server.database().getParent())) {
      for (Path file : Stream.concat(logs, data.filter(Files::isRegularFile)).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String secret : SECRETS) {
          // The claims before the dot are not secret; the signature after it is.
          String telling = secret.substring(secret.indexOf('.') + 1);
          assertThat(content.contains(telling)).as(file + " holds a secret").isFalse();
        }
      }
    }
  }

  @Test
  @DisplayName("A cancelled code and an expired one open no session")
  void cancelled() {
    JsonObject code = setupCode("taken back");
    assertThat(operator.delete("/setup-codes/" + code.getString("setup_id")).status())
        .isEqualTo(204);
    assertThat(state(code)).isEqualTo("cancelled");
    assertThat(
            ServerClient.bearer(server.port(), code.getString("bootstrap_token"))
                .post("/companion/session")
                .status())
        .isEqualTo(401);

    JsonObject brief =
        operator.post("/setup-codes", Json.createObjectBuilder().add("ttl_secs", 1).build()).json();
    await("the code's expiry").atMost(SOON).until(() -> state(brief).equals("expired"));
    assertThat(
            ServerClient.bearer(server.port(), brief.getString("bootstrap_token"))
                .post("/companion/session", JsonValue.EMPTY_JSON_OBJECT)
                .status())
        .isEqualTo(401);
  }
}
