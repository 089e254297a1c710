package dev.nexo.pairing.http;

import static dev.nexo.pairing.http.fake.FakeSessions.BOOTSTRAP;
import static dev.nexo.pairing.http.fake.FakeSessions.CHALLENGE;
import static dev.nexo.pairing.http.fake.FakeSessions.DEVICE_KEY;
import static dev.nexo.pairing.http.fake.FakeSessions.SESSION;
import static dev.nexo.pairing.http.fake.FakeSessions.SIGNATURE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.http.fake.FakeSettings;
import dev.nexo.pairing.internal.AttemptLimiter;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a caller with an invalid token gets. */
@DisplayName("Refused companion tokens")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RefusedTokenIT {

  private static final String SESSION_PATH = "/api/v1/companion/session";
  private static final String ROTATE = "/api/v1/companion/session/rotate";
  private static final String CHALLENGE_PATH = "/api/v1/companion/challenge";

  private static final String PROOF =
      "{\"device_key\":%s,\"challenge\":\"" + CHALLENGE + "\",\"signature\":\"" + SIGNATURE + "\"}";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("refused-token");
  }

  @Test
  @DisplayName("Every bad token gets the same answer to the byte")
  void sameAnswer() {
    String[][] faults = {
      // reason, header
      {"nothing", null},
      {"nothing in it", "Authorization: "},
      {"no token", "Authorization: Bearer"},
      {"a blank for a token", "Authorization: Bearer  "},
      {"two blanks", "Authorization: Bearer  " + SESSION},
      {"a tab", "Authorization: Bearer\t" + SESSION},
      {"two tokens", "Authorization: Bearer " + SESSION + " " + SESSION},
      {"another scheme", "Authorization: Token " + SESSION},
      {"no scheme", "Authorization: " + SESSION},
      {"the operator's login", "Authorization: Basic " + basic()},
      {"signs no token has", "Authorization: Bearer a$b"},
      {"too long a token", "Authorization: Bearer " + "a".repeat(BootstrapToken.MAX_LENGTH + 1)},
      {"an unknown token", "Authorization: Bearer unknown"},
      {"a token that was spent", "Authorization: Bearer spent.token"},
      {"two headers", "Authorization: Bearer " + SESSION + "\r\nAuthorization: Bearer x"},
    };
    String[][] calls = {
      {"POST", CHALLENGE_PATH},
      {"POST", SESSION_PATH},
      {"POST", ROTATE},
      {"GET", SESSION_PATH},
      {"DELETE", SESSION_PATH},
    };
    List<String> answers = new ArrayList<>();
    int from = 0;
    for (String[] call : calls) {
      for (String[] fault : faults) {
        // An address of its own for each, or the limit would answer.
        String header = fault[1] == null ? "" : fault[1] + "\r\n";
        String answer =
            ApiClient.anonymous()
                .from("198.51.100." + ++from)
                .header("Content-Length", "0\r\n" + header + "X-End: 1")
                .raw(call[0], call[1])
                .text();
        String undated = answer.replaceFirst("(?mi)^Date: .*\r\n", "");
        assertThat(undated)
            .as(fault[0] + " at " + call[0] + " " + call[1])
            .startsWith("HTTP/1.1 401 ")
            .contains("WWW-Authenticate: Bearer\r\n", "problem:token-refused");
        answers.add(undated);
      }
    }
    assertThat(answers).hasSize(calls.length * faults.length).containsOnly(answers.get(0));
  }

  @Test
  @DisplayName("A bad device proof is answered like a bad token")
  void badProof() {
    String other = "D".repeat(42) + "A";
    HttpResponse<String> wrongKey =
        ApiClient.bearer(BOOTSTRAP)
            .from("192.0.2.30")
            .post(SESSION_PATH, PROOF.formatted("\"" + other + "\""));
    HttpResponse<String> wrongToken =
        ApiClient.bearer("x.y").from("192.0.2.30").post(SESSION_PATH, "{}");
    ApiClient.refused("a wrong key", wrongKey, 401);
    assertThat(wrongKey.body()).isEqualTo(wrongToken.body());
  }

  /** Reason, path, body, and the text of the answer. */
  private static String[][] badRequests() {
    String key = "\"" + DEVICE_KEY + "\"";
    return new String[][] {
      // reason, path, body, what the answer says
      {"no JSON", SESSION_PATH, "{", "syntax error"},
      {"a list", SESSION_PATH, "[]", "must be an object"},
      {"a field nobody knows", SESSION_PATH, "{\"profile\":\"x\"}", "profile is not a field"},
      {"a parameter", SESSION_PATH + "?keep=true", "{}", "keep is not a parameter"},
      {"a parameter", CHALLENGE_PATH + "?x", "{}", "x is not a parameter"},
      {"a field", CHALLENGE_PATH, "{\"device_key\":" + key + "}", "device_key is not a field"},
      {
        "a key alone",
        SESSION_PATH,
        "{\"device_key\":" + key + "}",
        "challenge is required: send device_key, challenge and signature together"
      },
      {
        "no key",
        SESSION_PATH,
        "{\"challenge\":\"" + CHALLENGE + "\",\"signature\":\"" + SIGNATURE + "\"}",
        "device_key is required"
      },
      {
        "a null among them",
        SESSION_PATH,
        "{\"device_key\":" + key + ",\"challenge\":null,\"signature\":\"" + SIGNATURE + "\"}",
        "challenge is required"
      },
      {"a number for a key", SESSION_PATH, PROOF.formatted("1"), "device_key must be a string"},
      {"an empty key", SESSION_PATH, PROOF.formatted("\"\""), "device_key must be"},
      {"a padded key", SESSION_PATH, PROOF.formatted("\"" + DEVICE_KEY + "=\""), "device_key must"},
      {
        "stray last bits",
        SESSION_PATH,
        PROOF.formatted("\"" + "B".repeat(43) + "\""),
        "device_key must be"
      },
      {
        "base64 of the other kind",
        SESSION_PATH,
        PROOF.formatted("\"" + "+".repeat(42) + "A\""),
        "device_key must be"
      },
      {"an empty JWK", SESSION_PATH, PROOF.formatted("{}"), "device_key must be a JWK"},
      {
        "another curve",
        SESSION_PATH,
        PROOF.formatted("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":" + key + "}"),
        "device_key must be a JWK"
      },
      {
        "a JWK without its key",
        SESSION_PATH,
        PROOF.formatted("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":7}"),
        "device_key must be the 32 bytes"
      },
      {
        "a short challenge",
        SESSION_PATH,
        "{\"device_key\":" + key + ",\"challenge\":\"AA\",\"signature\":\"" + SIGNATURE + "\"}",
        "challenge must be 32 bytes"
      },
      {
        "a padded signature",
        ROTATE,
        PROOF.formatted(key).replace(SIGNATURE, SIGNATURE + "=="),
        "signature must be 64 bytes"
      },
      {
        "stray last bits of a signature",
        ROTATE,
        PROOF.formatted(key).replace(SIGNATURE, "C".repeat(86)),
        "signature must be 64 bytes"
      },
    };
  }

  @Test
  @DisplayName("A bad request is refused before the token is checked")
  void badRequest() {
    for (String[] row : badRequests()) {
      for (ApiClient caller :
          new ApiClient[] {
            ApiClient.bearer(BOOTSTRAP), ApiClient.bearer("spent.token"), ApiClient.anonymous()
          }) {
        HttpResponse<String> response = caller.from("192.0.2.31").post(row[1], row[2]);
        ApiClient.refused(row[0], response, 400);
        assertThat(response.body()).as(row[0]).contains(row[3]);
      }
    }
    ApiClient.refused("GET", ApiClient.bearer(SESSION).get(SESSION_PATH + "?x=1"), 400);
    ApiClient.refused(
        "DELETE",
        ApiClient.bearer(SESSION).send("DELETE", SESSION_PATH + "?x", ApiClient.NOTHING),
        400);
  }

  @Test
  @DisplayName(
      "After ten invalid tokens from an address, further ones are a 429, valid ones are not")
  void lockout() {
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      for (ApiClient caller : List.of(ApiClient.anonymous(), ApiClient.bearer("x.y" + i))) {
        // Who sends no token tries nothing, and is not counted.
        assertThat(caller.from("192.0.2.40").post(SESSION_PATH, "{}").statusCode()).isEqualTo(401);
      }
    }
    Map<Integer, String> bodies = new HashMap<>();
    for (HttpResponse<String> locked :
        List.of(
            ApiClient.bearer("x.y").from("192.0.2.40").post(SESSION_PATH, "{}"),
            ApiClient.bearer("unknown").from("192.0.2.40").get(SESSION_PATH),
            ApiClient.bearer("ended.token").from("192.0.2.40").get(SESSION_PATH))) {
      ApiClient.refused("locked", locked, 429);
      assertThat(locked.headers().firstValue("Retry-After")).hasValue("42");
      assertThat(locked.body()).isEqualTo(bodies.computeIfAbsent(429, s -> locked.body()));
    }
    for (String address : List.of("192.0.2.40", "192.0.2.41")) {
      assertThat(ApiClient.bearer(BOOTSTRAP).from(address).post(SESSION_PATH, "{}").statusCode())
          .as("a new setup code")
          .isEqualTo(201);
      assertThat(ApiClient.bearer(SESSION).from(address).get(SESSION_PATH).statusCode())
          .as("a session of before the restart")
          .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("A token that has ended is no guess")
  void endedToken() {
    for (int i = 0; i <= AttemptLimiter.MAX_FAILURES; i++) {
      assertThat(
              ApiClient.bearer("ended.token" + i)
                  .from("192.0.2.43")
                  .post(SESSION_PATH, "{}")
                  .statusCode())
          .isEqualTo(401);
    }
    assertThat(ApiClient.bearer(SESSION).from("192.0.2.43").get(SESSION_PATH).statusCode())
        .isEqualTo(200);
  }

  private static String basic() {
    return Base64.getEncoder()
        .encodeToString(("operator:" + FakeSettings.PASSWORD).getBytes(StandardCharsets.UTF_8));
  }
}
