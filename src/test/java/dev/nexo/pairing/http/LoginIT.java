package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FakeSettings;
import dev.nexo.pairing.internal.AttemptLimiter;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may call, with the accounts of the configuration. */
@DisplayName("Login with the built-in accounts")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LoginIT {

  private static final String MESSAGE = "{\"channel\":\"telegram\",\"sender_id\":\"friend\"}";

  private static final String RIGHT = "{\"password\":\"" + FakeSettings.PASSWORD + "\"}";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("login");
  }

  @Test
  @DisplayName("The operator may call everything")
  void operator() {
    assertThat(ApiClient.operator().get("/api/v1/pairings").statusCode()).isEqualTo(200);
    assertThat(ApiClient.operator().post("/api/v1/inbound", MESSAGE).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("A channel account may only submit messages")
  void channelAccount() {
    assertThat(channel().post("/api/v1/inbound", MESSAGE).statusCode()).isEqualTo(200);
    for (String path :
        new String[] {
          "/api/v1/pairings",
          "/api/v1/inbound/x",
          "/api/v1/nowhere",
          "/api/v1/inbound;x=1/../pairings",
          "/api/v1/inbound/..%2fpairings"
        }) {
      assertThat(channel().get(path).statusCode()).as(path).isIn(400, 403, 404);
      assertThat(channel().get(path).body()).as(path).doesNotContain("ABCD2345");
    }
  }

  @Test
  @DisplayName("A foreign page cannot use a login that the browser stores")
  void foreignPage() {
    String approve = "/api/v1/pending/ABCD2345/approve";
    for (String[] sent :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "http://evil.example"},
          {"Origin", "null"}
        }) {
      var refused = ApiClient.operator().header(sent[0], sent[1]).post(approve, "{}");
      assertThat(refused.statusCode()).as(sent[1]).isEqualTo(403);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }
    assertThat(
            ApiClient.operator()
                .header("Sec-Fetch-Site", "same-origin")
                .post("/api/v1/inbound", MESSAGE)
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("An ambiguous path reaches no resource")
  void ambiguousPaths() {
    for (String path :
        new String[] {
          "/api/v1/companion/..;/pairings",
          "/api/v1/companion/%2e%2e/pairings",
          "/api/v1/companion%2f..%2fpairings",
          "/api/v1/companion/../pairings",
          "/api/v1//pairings",
          "/api//v1/pairings",
          "//api/v1/pairings",
          "/api;x/v1/pairings",
          "/%61pi/v1/pairings",
          "/api/v1/pairings;/x",
          "/api/v1/pairings/",
          "/api/v1/./pairings",
          "/API/v1/pairings"
        }) {
      ApiClient.Raw response = ApiClient.anonymous().raw("GET", path);
      assertThat(response.status()).as(path).isIn(400, 401, 404);
      assertThat(response.text()).as(path).doesNotContain("ABCD2345");
    }
  }

  @Test
  @DisplayName("Without a login every path gets the same 401")
  void unauthenticated() {
    for (String path : new String[] {"/api/v1/pairings", "/api/v1/nowhere", "/api", "/api/v2/x"}) {
      HttpResponse<String> response = ApiClient.anonymous().get(path);
      assertThat(response.statusCode()).as(path).isEqualTo(401);
      assertThat(response.headers().firstValue("WWW-Authenticate"))
          .hasValue("Basic realm=\"nexo-pairing\", charset=\"UTF-8\"");
      assertThat(response.headers().firstValue("Content-Type"))
          .hasValue("application/problem+json");
    }
    assertThat(ApiClient.anonymous().post("/api/v1/pairings", "{").statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("The console gets a 401 without WWW-Authenticate")
  void consoleChallenge() {
    HttpResponse<String> response =
        ApiClient.anonymous().header("X-Pairing-Surface", "console").get("/api/v1/pairings");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
  }

  @Test
  @DisplayName("Ten failures lock a login, even for the right password")
  void lockout() {
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      assertThat(wrong().from("192.0.2.1").get("/api/v1/pairings").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> locked = ApiClient.operator().from("192.0.2.1").get("/api/v1/pairings");
    assertThat(locked.statusCode()).isEqualTo(429);
    assertThat(locked.headers().firstValue("Retry-After")).hasValue("42");
    String cookie = cookie(signIn(ApiClient.anonymous(), RIGHT));
    assertThat(console(cookie).from("192.0.2.1").get("/api/v1/pairings").statusCode())
        .as("a valid cookie is never refused")
        .isEqualTo(200);
    assertThat(ApiClient.operator().from("192.0.2.2").get("/api/v1/pairings").statusCode())
        .isEqualTo(200);
    assertThat(
            ApiClient.operator().from("192.0.2.1, 192.0.2.3").get("/api/v1/pairings").statusCode())
        .as("what the client wrote further left is not believed")
        .isEqualTo(200);
  }

  @Test
  @DisplayName("A request without a password is not a failed attempt")
  void noPassword() {
    for (int i = 0; i <= AttemptLimiter.MAX_FAILURES; i++) {
      ApiClient.anonymous().from("192.0.2.4").get("/api/v1/pairings");
    }
    assertThat(ApiClient.operator().from("192.0.2.4").get("/api/v1/pairings").statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("Mistyped codes of a signed-in operator lock nobody")
  void codeGuesses() {
    for (int i = 0; i <= AttemptLimiter.MAX_FAILURES; i++) {
      String path = "/api/v1/pending/ZZZZ222" + (char) ('A' + i) + "/approve";
      assertThat(ApiClient.operator().from("192.0.2.5").post(path, "{}").statusCode())
          .isEqualTo(404);
    }
    assertThat(ApiClient.operator().from("192.0.2.5").get("/api/v1/pairings").statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("The right password gets a cookie, valid with the console's header")
  void signInCookie() {
    HttpResponse<String> signedIn = signIn(ApiClient.anonymous(), RIGHT);
    assertThat(signedIn.statusCode()).as(signedIn.body()).isEqualTo(204);
    assertThat(signedIn.headers().allValues("Set-Cookie")).hasSize(1);
    assertThat(signedIn.headers().firstValue("Set-Cookie").orElseThrow())
        .matches(
            "(?i)nexo_pairing_console_[0-9a-f]{8}=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=/api; HttpOnly;"
                + " SameSite=Strict");
    String cookie = cookie(signedIn);
    HttpResponse<String> who = console(cookie).get("/api/v1/login");
    assertThat(who.body())
        .isEqualTo("{\"name\":\"operator\",\"expires_at\":\"2026-11-02T00:00:00Z\"}");
    assertThat(who.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(console(cookie).get("/api/v1/pairings").statusCode()).isEqualTo(200);
    assertThat(console(cookie).post("/api/v1/inbound", MESSAGE).statusCode()).isEqualTo(200);
    HttpResponse<String> audit = console(cookie).get("/api/v1/audit");
    assertThat(audit.statusCode()).isEqualTo(200);
    for (String surface : new String[] {null, "cli", "api"}) {
      ApiClient api = ApiClient.anonymous().header("Cookie", cookie);
      ApiClient.refused(
          "without the header",
          (surface == null ? api : api.header("X-Pairing-Surface", surface))
              .get("/api/v1/pairings"),
          401);
    }
    HttpResponse<String> bare =
        ApiClient.anonymous()
            .header("Cookie", cookie)
            .post("/api/v1/pending/ABCD2345/approve", "{}");
    assertThat(bare.statusCode()).isEqualTo(401);
    assertThat(bare.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(bare.headers().firstValue("Set-Cookie")).as("it is good").isEmpty();
  }

  @Test
  @DisplayName("The cookie is Secure if the request came over TLS")
  void secureCookie() {
    HttpResponse<String> signedIn =
        signIn(ApiClient.anonymous().header("X-Forwarded-Proto", "https"), RIGHT);
    assertThat(signedIn.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-nexo_pairing_console_")
        .contains("; Path=/;", "; Secure");
  }

  @Test
  @DisplayName("Signing out invalidates the cookie for everyone who has it")
  void signOut() {
    String cookie = cookie(signIn(ApiClient.anonymous(), RIGHT));
    String other = cookie(signIn(ApiClient.anonymous(), RIGHT));
    HttpResponse<String> out = console(cookie).post("/api/v1/logout", "");
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith(cookie.split("=", 2)[0] + "=; Max-Age=0; Path=/api");
    HttpResponse<String> after = console(cookie).get("/api/v1/pairings");
    ApiClient.refused("signed out", after, 401);
    assertThat(after.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(after.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    assertThat(console(other).get("/api/v1/login").statusCode()).isEqualTo(200);
    assertThat(ApiClient.operator().header("Cookie", other).post("/api/v1/logout", "").statusCode())
        .isEqualTo(204);
    assertThat(console(other).get("/api/v1/login").statusCode())
        .as("who comes with a password leaves the cookie alone")
        .isEqualTo(200);
  }

  @Test
  @DisplayName("The Authorization header takes precedence over the cookie")
  void authorizationWins() {
    String cookie = cookie(signIn(ApiClient.anonymous(), RIGHT));
    assertThat(
            ApiClient.operator()
                .header("Cookie", cookie.split("=", 2)[0] + "=stale")
                .get("/api/v1/login")
                .body())
        .isEqualTo("{\"name\":\"operator\"}");
    assertThat(
            wrong().from("192.0.2.40").header("Cookie", cookie).get("/api/v1/login").statusCode())
        .isEqualTo(401);
    assertThat(channel().header("Cookie", cookie).get("/api/v1/login").statusCode()).isEqualTo(403);
  }

  @Test
  @DisplayName("An invalid cookie is not a failed attempt")
  void invalidCookie() {
    String name = cookie(signIn(ApiClient.anonymous(), RIGHT)).split("=", 2)[0];
    for (int i = 0; i <= AttemptLimiter.MAX_FAILURES; i++) {
      String value = i % 2 == 0 ? "A".repeat(43) : "no-token";
      HttpResponse<String> stale =
          console(name + "=" + value).from("192.0.2.41").get("/api/v1/pairings");
      assertThat(stale.statusCode()).isEqualTo(401);
      assertThat(stale.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    }
    assertThat(ApiClient.operator().from("192.0.2.41").get("/api/v1/login").statusCode())
        .isEqualTo(200);
  }

  @Test
  @DisplayName("Guesses at the login form lock the address")
  void loginGuesses() {
    for (int i = 0; i < AttemptLimiter.MAX_FAILURES; i++) {
      HttpResponse<String> refused =
          signIn(ApiClient.anonymous().from("192.0.2.42"), "{\"password\":\"guess " + i + "\"}");
      ApiClient.refused("a guess", refused, 401);
      assertThat(refused.headers().firstValue("WWW-Authenticate")).isEmpty();
      assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(refused.body()).doesNotContain("guess");
    }
    HttpResponse<String> locked = signIn(ApiClient.anonymous().from("192.0.2.42"), RIGHT);
    ApiClient.refused("locked", locked, 429);
    assertThat(locked.headers().firstValue("Retry-After")).isPresent();
    assertThat(signIn(ApiClient.anonymous().from("192.0.2.43"), RIGHT).statusCode()).isEqualTo(204);
  }

  @Test
  @DisplayName("Only an operator can sign in, and not from a foreign page")
  void onlyOperators() {
    ApiClient.refused(
        "a channel",
        signIn(
            ApiClient.anonymous(),
            "{\"name\":\"telegram\",\"password\":\"" + FakeSettings.CHANNEL_PASSWORD + "\"}"),
        403);
    ApiClient.refused(
        "another name",
        signIn(
            ApiClient.anonymous(),
            "{\"name\":\"root\",\"password\":\"" + FakeSettings.PASSWORD + "\"}"),
        401);
    ApiClient.refused(
        "a foreign page",
        signIn(ApiClient.anonymous().header("Sec-Fetch-Site", "cross-site"), RIGHT),
        403);
    String cookie = cookie(signIn(ApiClient.anonymous(), RIGHT));
    ApiClient.refused(
        "a foreign page with the cookie",
        console(cookie).header("Origin", "http://evil.example").post("/api/v1/logout", ""),
        403);
    ApiClient.refused("nobody", ApiClient.anonymous().get("/api/v1/login"), 401);
    ApiClient.refused("nobody", ApiClient.anonymous().post("/api/v1/logout", ""), 401);
  }

  @Test
  @DisplayName("The open login path opens no other path")
  void loginPaths() {
    for (String path :
        new String[] {
          "/api/v1/login/",
          "/api/v1/login/x",
          "/api/v1/login;x=1",
          "/api/v1/login/../pairings",
          "/api/v1/login/..;/pairings",
          "/api/v1/login%2f..%2fpairings",
          "/api/v1//login",
          "/api/v1/LOGIN",
          "/api/v1/logout"
        }) {
      ApiClient.Raw response = ApiClient.anonymous().raw("POST", path);
      assertThat(response.status()).as(path).isIn(400, 401, 404);
      assertThat(response.text()).as(path).doesNotContain("ABCD2345");
    }
    assertThat(ApiClient.anonymous().raw("PUT", "/api/v1/login").status()).isEqualTo(401);
  }

  private static HttpResponse<String> signIn(ApiClient api, String body) {
    return api.post("/api/v1/login", body);
  }

  private static String cookie(HttpResponse<String> signedIn) {
    return signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static ApiClient console(String cookie) {
    return ApiClient.anonymous().header("Cookie", cookie).header("X-Pairing-Surface", "console");
  }

  private static ApiClient channel() {
    return ApiClient.as("telegram", FakeSettings.CHANNEL_PASSWORD);
  }

  private static ApiClient wrong() {
    return ApiClient.as("operator", "not-the-password");
  }
}
