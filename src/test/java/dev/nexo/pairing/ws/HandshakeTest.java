package dev.nexo.pairing.ws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.testing.FakeLimiter;
import dev.nexo.pairing.testing.LogCapture;
import dev.nexo.pairing.ws.fake.FakePairSessions;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Handshake")
class HandshakeTest {

  private static final String PEER = "192.0.2.1";
  private static final String KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  private static final String JWK =
      "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + KEY + "\",\"kid\":7}";
  private static final String CHALLENGE = "{\"challenge\":\"" + FakePairSessions.CHALLENGE + "\"}";
  private static final String REFUSED =
      "{\"error\":\"The bootstrap token is invalid or expired.\"}";

  private final FakePairSessions sessions = new FakePairSessions();
  private final FakeLimiter limiter = new FakeLimiter();

  @ParameterizedTest(name = "{3}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"bootstrap_token\":\"good\"}               | {\"session_token\":\"token-good\"} | 1000 | paired",
        "{\"bootstrap_token\":\"good\",\"keep\":false}| {\"session_token\":\"token-good\"} | 1000 | not kept",
        "{\"bootstrap_token\":\"good\",\"new\":[1]}   | {\"session_token\":\"token-good\"} | 1000 | a newer companion",
        "{\"bootstrap_token\":\"bad\"}                | {\"error\":\"The bootstrap token is invalid or expired.\"} | 1008 | a wrong token",
        "{\"bootstrap_token\":\"\"}                   | {\"error\":\"The bootstrap token is invalid or expired.\"} | 1008 | an empty token",
        "{\"bootstrap_token\":\"storage\"} | {\"error\":\"Service temporarily unavailable. Try again.\"} | 1013 | no database",
        "{\"bootstrap_token\":\"storage\",\"device_key\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"} | {\"error\":\"Service temporarily unavailable. Try again.\"} | 1013 | no database for a challenge",
        "hello | {\"error\":\"The frame is malformed: it must be one JSON object without duplicate keys, at most 16 levels deep.\"} | 1008 | no JSON",
        "{} | {\"error\":\"The frame is malformed: bootstrap_token is required.\"} | 1008 | no token",
        "{\"session_token\":\"token-good\"} | {\"session_id\":\"session-good\",\"expires_at\":\"2199-01-01T00:00:00Z\"} | 1000 | a session",
        "{\"session_token\":\"token-good\",\"bootstrap_token\":null} | {\"session_id\":\"session-good\",\"expires_at\":\"2199-01-01T00:00:00Z\"} | 1000 | a session, and no bootstrap token",
        "{\"session_token\":\"bad\"} | {\"error\":\"The session token is invalid or expired.\"} | 1008 | a session that has ended",
        "{\"session_token\":\"\"} | {\"error\":\"The session token is invalid or expired.\"} | 1008 | an empty session token",
        "{\"session_token\":\"token-good-keyed\"} | {\"error\":\"The session token is invalid or expired.\"} | 1008 | a session with a key, without its signature",
        "{\"session_token\":\"storage\"} | {\"error\":\"Service temporarily unavailable. Try again.\"} | 1013 | no database for a session",
        "{\"session_token\":1} | {\"error\":\"The frame is malformed: session_token must be a string.\"} | 1008 | a number for a session token",
        "{\"session_token\":\"token-good\",\"bootstrap_token\":\"good\"} | {\"error\":\"The frame is malformed: send bootstrap_token or session_token, not both.\"} | 1008 | both tokens",
        "{\"signature\":\"x\"} | {\"error\":\"The frame is malformed: bootstrap_token is required.\"} | 1008 | a signature unasked",
        "{\"bootstrap_token\":null} | {\"error\":\"The frame is malformed: bootstrap_token is required.\"} | 1008 | a null token",
        "{\"bootstrap_token\":1} | {\"error\":\"The frame is malformed: bootstrap_token must be a string.\"} | 1008 | a number for a token",
        "{\"bootstrap_token\":\"good\",\"bootstrap_token\":\"good\"} | {\"error\":\"The frame is malformed: it must be one JSON object without duplicate keys, at most 16 levels deep.\"} | 1008 | two tokens",
        "{\"bootstrap_token\":\"good\",\"keep\":1} | {\"error\":\"The frame is malformed: keep must be true or false.\"} | 1008 | a number for keep",
        "{\"bootstrap_token\":\"good\",\"device_key\":[]} | {\"error\":\"The frame is malformed: device_key must be a string or a JWK.\"} | 1008 | an array for a key",
        "{\"bootstrap_token\":\"good\",\"device_key\":\"AAAA\"} | {\"error\":\"The frame is malformed: device_key must be the 32 bytes of an Ed25519 public key, base64url without padding.\"} | 1008 | a short key",
        "{\"bootstrap_token\":\"good\",\"device_key\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp\"} | {\"error\":\"The frame is malformed: device_key must be the 32 bytes of an Ed25519 public key, base64url without padding.\"} | 1008 | a key not canonical",
        "{\"bootstrap_token\":\"good\",\"device_key\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}} | {\"error\":\"The frame is malformed: device_key must be a JWK with kty \\\"OKP\\\" and crv \\\"Ed25519\\\".\"} | 1008 | a JWK of another kind",
        "{\"bootstrap_token\":\"good\",\"device_key\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\"}} | {\"error\":\"The frame is malformed: device_key must be the 32 bytes of an Ed25519 public key, base64url without padding.\"} | 1008 | a JWK without its key",
        "{\"bootstrap_token\":\"good\",\"device_key\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":1}} | {\"error\":\"The frame is malformed: device_key must be the 32 bytes of an Ed25519 public key, base64url without padding.\"} | 1008 | a JWK with a number"
      })
  @DisplayName("Each kind of first frame gets its answer")
  void firstFrame(String frame, String answer, int code, String why) {
    CloseFrame closing = closing(handshake().text(frame));
    assertThat(closing.frame()).as(why).isEqualTo(answer);
    assertThat(closing.code()).as(why).isEqualTo(code);
    boolean failure = code == 1008;
    assertThat(limiter.failures(PEER)).as(why).isEqualTo(failure ? 1 : 0);
    if (answer.contains("malformed")) {
      assertThat(sessions.presented()).as(why + ": no token is spent").isEmpty();
    }
  }

  @Test
  @DisplayName("A device key is proven before the token is checked")
  void deviceKey() {
    int number = 0;
    for (String key : new String[] {"\"" + KEY + "\"", JWK}) {
      String token = "good-" + number++;
      Handshake handshake = handshake();
      assertThat(handshake.text(first(token, key)))
          .isEqualTo(new Handshake.Step.SendChallenge(CHALLENGE));
      assertThat(sessions.presented()).noneMatch(one -> one.token().equals(token));
      CloseFrame closing = closing(handshake.text(signature(FakePairSessions.SIGNATURE)));
      assertThat(closing.frame()).isEqualTo("{\"session_token\":\"token-" + token + "\"}");
      DeviceProof proof = sessions.presented().get(number - 1).proof();
      assertThat(proof.key().value()).isEqualTo(KEY);
      assertThat(proof.challenge().value()).isEqualTo(FakePairSessions.CHALLENGE);
    }
  }

  @Test
  @DisplayName("A session with a device key connects again with its signature, and is kept")
  void sessionWithDeviceKey() {
    String frame =
        "{\"session_token\":\"token-keyed\",\"device_key\":\"" + KEY + "\",\"keep\":true}";
    Handshake handshake = handshake();
    assertThat(handshake.text(frame)).isEqualTo(new Handshake.Step.SendChallenge(CHALLENGE));
    assertThat(sessions.presented()).isEmpty();
    Handshake.Step kept = handshake.text(signature(FakePairSessions.SIGNATURE));
    assertThat(((Handshake.Step.KeepOpen) kept).session().sessionId()).isEqualTo("session-keyed");
    assertThat(((Handshake.Step.KeepOpen) kept).frame()).doesNotContain("token");

    Handshake wrong = handshake();
    wrong.text(frame);
    assertThat(closing(wrong.text(signature("wrong"))).code()).isEqualTo(1008);
  }

  @Test
  @DisplayName("A bearer without a dot is a session token")
  void bearerOfSession() {
    Handshake.Step kept =
        new Handshake(sessions, limiter, PEER, true).bearer(Credential.ofBearer("token-good"));
    assertThat(((Handshake.Step.KeepOpen) kept).session().sessionId()).isEqualTo("session-good");
    assertThat(closing(handshake().bearer(Credential.ofBearer("token-keyed"))).code())
        .as("a session with a device key needs a signature")
        .isEqualTo(1008);
    assertThat(closing(handshake().bearer(Credential.ofBearer("good.x"))).frame())
        .isEqualTo("{\"session_token\":\"token-good.x\"}");
    assertThat(Credential.ofBearer("token-good").toString()).doesNotContain("token-good");
  }

  @Test
  @DisplayName("A wrong token and a wrong signature get the same answer at the end")
  void sameRefusal() {
    String key = "\"" + KEY + "\"";
    for (String[] row :
        new String[][] {
          {"bad", FakePairSessions.SIGNATURE}, {"good", "wrong"}, {"good", ""}, {"bad", "wrong"}
        }) {
      Handshake handshake = handshake();
      assertThat(handshake.text(first(row[0], key)))
          .isEqualTo(new Handshake.Step.SendChallenge(CHALLENGE));
      CloseFrame closing = closing(handshake.text(signature(row[1])));
      assertThat(closing).as(row[0] + " " + row[1]).isEqualTo(CloseFrame.INVALID_TOKEN);
      assertThat(closing.frame()).isEqualTo(REFUSED);
    }
    assertThat(limiter.failures(PEER)).isEqualTo(4);
  }

  @Test
  @DisplayName("A malformed answer to the challenge spends no token")
  void badSignatureFrame() {
    for (String frame :
        new String[] {"", "{}", "{\"signature\":1}", "{\"signature\":null}", first("good", "1")}) {
      Handshake handshake = handshake();
      handshake.text(first("good", JWK));
      CloseFrame closing = closing(handshake.text(frame));
      assertThat(closing.frame()).as(frame).startsWith("{\"error\":\"The frame is malformed: ");
      assertThat(closing.code()).isEqualTo(1008);
    }
    assertThat(sessions.presented()).isEmpty();
    assertThat(limiter.failures(PEER)).isEqualTo(5);
  }

  @Test
  @DisplayName("keep works in the frame and in the query, with or without a key")
  void keep() {
    Handshake.Step frame = handshake().text("{\"bootstrap_token\":\"good-1\",\"keep\":true}");
    assertThat(((Handshake.Step.KeepOpen) frame).session().sessionId()).isEqualTo("session-good-1");
    Handshake query = new Handshake(sessions, limiter, PEER, true);
    assertThat(query.text("{\"bootstrap_token\":\"good-2\"}"))
        .isInstanceOf(Handshake.Step.KeepOpen.class);
    Handshake bearer = new Handshake(sessions, limiter, PEER, true);
    Handshake.Step kept = bearer.bearer(new Credential.Bootstrap(new BootstrapToken("good-3")));
    assertThat(((Handshake.Step.KeepOpen) kept).frame())
        .isEqualTo("{\"session_token\":\"token-good-3\"}");
    Handshake key = handshake();
    key.text("{\"bootstrap_token\":\"good-4\",\"keep\":true,\"device_key\":" + JWK + "}");
    assertThat(key.text(signature(FakePairSessions.SIGNATURE)))
        .isInstanceOf(Handshake.Step.KeepOpen.class);
  }

  @Test
  @DisplayName("A null field is treated as missing")
  void nullFields() {
    Handshake.Step plain =
        handshake().text("{\"bootstrap_token\":\"good\",\"keep\":null,\"device_key\":null}");
    assertThat(closing(plain).code()).isEqualTo(1000);
  }

  @Test
  @DisplayName("A connection that proves nothing counts as a failed attempt")
  void countsFailures() {
    handshake().binary();
    handshake().tooBig();
    handshake().timeOut(Handshake.Stage.TOKEN);
    Handshake asked = handshake();
    asked.text(first("good", JWK));
    asked.timeOut(Handshake.Stage.SIGNATURE);
    assertThat(limiter.failures(PEER)).isEqualTo(4);
  }

  @Test
  @DisplayName("Without a signing key the server is unavailable and counts no failure")
  void noSigningKey() {
    assertThat(closing(handshake().bearer(new Credential.Bootstrap(new BootstrapToken("keyless")))))
        .isEqualTo(CloseFrame.UNAVAILABLE);
    assertThat(limiter.failures(PEER)).isZero();
  }

  @Test
  @DisplayName("A bearer token needs no frame and can be refused")
  void bearer() {
    assertThat(
            closing(handshake().bearer(new Credential.Bootstrap(new BootstrapToken("good"))))
                .code())
        .isEqualTo(1000);
    assertThat(closing(handshake().bearer(new Credential.Bootstrap(new BootstrapToken("good")))))
        .as("spent")
        .isEqualTo(CloseFrame.INVALID_TOKEN);
    assertThat(limiter.failures(PEER)).isEqualTo(1);
  }

  @Test
  @DisplayName("After ten invalid tokens further ones are too many, and a valid one is accepted")
  void manyInvalid() {
    for (int i = 0; i < 12; i++) {
      assertThat(closing(handshake().bearer(new Credential.Bootstrap(new BootstrapToken("x" + i)))))
          .isEqualTo(i < 10 ? CloseFrame.INVALID_TOKEN : CloseFrame.TOO_MANY_FAILURES);
    }
    assertThat(
            closing(handshake().bearer(new Credential.Bootstrap(new BootstrapToken("good"))))
                .code())
        .isEqualTo(1000);
  }

  @Test
  @DisplayName("An address locked in the meantime is refused unread")
  void lockedAddress() {
    Handshake asked = handshake();
    asked.text(first("good", JWK));
    limiter.lock(PEER);
    for (Handshake.Step answer :
        new Handshake.Step[] {
          handshake().text("{\"bootstrap_token\":\"good\"}"),
          handshake().bearer(new Credential.Bootstrap(new BootstrapToken("good"))),
          handshake().text("{"),
          asked.text(signature(FakePairSessions.SIGNATURE))
        }) {
      assertThat(closing(answer)).isEqualTo(CloseFrame.TOO_MANY_FAILURES);
    }
    assertThat(sessions.presented()).isEmpty();
  }

  @Test
  @DisplayName("Garbage from an address refuses no token in a first frame from there")
  void lockedConnections() {
    FakeLimiter connections =
        new FakeLimiter() {
          @Override
          public Optional<Attempt> reserve(LoginKey login) {
            return login.kind() == LoginKey.Kind.CONNECTION
                ? Optional.empty()
                : super.reserve(login);
          }
        };
    for (String frame : new String[] {"{", "{}", "{\"session_token\":1}"}) {
      assertThat(closing(new Handshake(sessions, connections, PEER, false).text(frame)))
          .as(frame)
          .isEqualTo(CloseFrame.TOO_MANY_FAILURES);
    }
    for (String frame :
        new String[] {"{\"session_token\":\"token-good\"}", "{\"bootstrap_token\":\"good\"}"}) {
      assertThat(closing(new Handshake(sessions, connections, PEER, false).text(frame)).code())
          .as(frame)
          .isEqualTo(1000);
    }
    Handshake keyed = new Handshake(sessions, connections, PEER, false);
    assertThat(keyed.text(first("good-1", JWK)))
        .isEqualTo(new Handshake.Step.SendChallenge(CHALLENGE));
    assertThat(closing(keyed.text(signature(FakePairSessions.SIGNATURE))).code()).isEqualTo(1000);
  }

  @Test
  @DisplayName("A valid token and the token issued for it are familiar at the address")
  void familiar() {
    handshake().text("{\"bootstrap_token\":\"good-1\"}");
    handshake().bearer(Credential.ofBearer("token-good-2"));
    handshake().text("{\"bootstrap_token\":\"bad\"}");
    assertThat(limiter.succeeded()).contains("good-1", "token-good-1", "token-good-2");
    assertThat(limiter.succeeded()).doesNotContain("bad");
  }

  @Test
  @DisplayName("An unexpected error closes the connection and logs no token")
  void unexpectedError() {
    try (LogCapture log = LogCapture.of("dev.nexo.pairing.ws")) {
      CloseFrame closing = closing(handshake().text("{\"bootstrap_token\":\"bug-secret\"}"));
      assertThat(closing).isEqualTo(CloseFrame.SERVER_ERROR);
      assertThat(log.lines("A handshake on /pair failed")).isEqualTo(1);
      assertThat(log.text()).doesNotContain("bug-secret");
    }
  }

  @Test
  @DisplayName("A timeout applies only to the stage that is awaited")
  void timeouts() {
    Handshake silent = handshake();
    assertThat(silent.timeOut(Handshake.Stage.SIGNATURE)).isEqualTo(Handshake.Step.NOTHING);
    assertThat(closing(silent.timeOut(Handshake.Stage.TOKEN))).isEqualTo(CloseFrame.TOKEN_TIMEOUT);
    Handshake asked = handshake();
    asked.text(first("good", JWK));
    assertThat(asked.timeOut(Handshake.Stage.TOKEN)).isEqualTo(Handshake.Step.NOTHING);
    assertThat(closing(asked.timeOut(Handshake.Stage.SIGNATURE)))
        .isEqualTo(CloseFrame.SIGNATURE_TIMEOUT);
    assertThat(asked.text(signature(FakePairSessions.SIGNATURE))).isEqualTo(Handshake.Step.NOTHING);
    assertThat(sessions.presented()).isEmpty();
  }

  @Test
  @DisplayName("Binary frames are refused in the handshake, long ones always")
  void binary() {
    assertThat(closing(handshake().binary()).code()).isEqualTo(1003);
    assertThat(closing(handshake().tooBig()).code()).isEqualTo(1009);
    Handshake kept = new Handshake(sessions, limiter, PEER, true);
    kept.bearer(new Credential.Bootstrap(new BootstrapToken("good")));
    assertThat(kept.binary()).isEqualTo(Handshake.Step.NOTHING);
    assertThat(kept.text("whatever")).isEqualTo(Handshake.Step.NOTHING);
    assertThat(closing(kept.tooBig()).code()).isEqualTo(1009);
    assertThat(limiter.failures(PEER)).as("those of strangers alone").isEqualTo(2);
  }

  @Test
  @DisplayName("No string representation contains a token")
  void redacted() {
    Handshake.Step paired = handshake().text("{\"bootstrap_token\":\"good-1\"}");
    Handshake.Step kept = handshake().text("{\"bootstrap_token\":\"good-2\",\"keep\":true}");
    assertThat(paired.toString() + kept + handshake())
        .doesNotContain("token-good")
        .contains("code=1000");
  }

  private Handshake handshake() {
    return new Handshake(sessions, limiter, PEER, false);
  }

  private static String first(String token, String key) {
    return "{\"bootstrap_token\":\"" + token + "\",\"device_key\":" + key + "}";
  }

  private static String signature(String value) {
    return "{\"signature\":\"" + value + "\"}";
  }

  private static CloseFrame closing(Handshake.Step answer) {
    assertThat(answer).isInstanceOf(Handshake.Step.Close.class);
    return ((Handshake.Step.Close) answer).closing();
  }
}
