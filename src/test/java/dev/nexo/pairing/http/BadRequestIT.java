package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FailingDependencies;
import dev.nexo.pairing.http.fake.FakeConsoleLogins;
import dev.nexo.pairing.http.fake.FakeSettings;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is wrong with a request, it is answered by a problem that says what. */
@DisplayName("Bad requests")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BadRequestIT {

  private static final String INBOUND = "/api/v1/inbound";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("bad-request");
  }

  @Test
  @DisplayName("A bad parameter is refused with the reason")
  void parameters() {
    String[][] rows = {
      {"/api/v1/pending?limit=0", "from 1 to 1000"},
      {"/api/v1/pending?limit=1001", "from 1 to 1000"},
      {"/api/v1/pending?limit=1e2", "from 1 to 1000"},
      {"/api/v1/pending?limit=1.5", "from 1 to 1000"},
      {"/api/v1/pending?limit=", "from 1 to 1000"},
      {"/api/v1/pending?limit=99999999999", "from 1 to 1000"},
      {"/api/v1/pending?limit=1&limit=2", "must not be repeated"},
      {"/api/v1/pending?cursor=nonsense", "cursor must be"},
      {"/api/v1/pending?channel=", "channel must be"},
      {"/api/v1/pending?channel=A", "channel must be"},
      {"/api/v1/pending?channel=%ff", "percent-encoded UTF-8"},
      {"/api/v1/pending?account_id=a..b", "account_id must be"},
      {"/api/v1/pending?chanel=a", "chanel is not a parameter"},
      {"/api/v1/pairings?all=yes", "all must be true or false"},
      {"/api/v1/pairings?limit=3", "limit is not a parameter"},
      {"/api/v1/allow-from?q=%00", "U+0000"},
      {"/api/v1/allow-from?include_revoked=1", "include_revoked must be"},
      {"/api/v1/audit?since=yesterday", "RFC 3339"},
      {"/api/v1/audit?since=2026-13-01T00:00:00Z", "RFC 3339"},
      {"/api/v1/blocked?limit=0", "from 1 to 1000"},
      {"/api/v1/blocked?cursor=nonsense", "cursor must be"},
      {"/api/v1/blocked?q=x", "q is not a parameter"},
      {"/api/v1/dropped?cursor=nonsense", "cursor must be"},
      {"/api/v1/dropped?channel=A", "channel must be"},
      {"/api/v1/dropped?reason=rude", "reason must be"},
      {"/api/v1/dropped?q=x", "q is not a parameter"},
      {"/api/v1/login?name=operator", "name is not a parameter"},
      {"/api/v1/explain?sender_id=x", "channel is required"},
      {"/api/v1/explain?channel=x", "sender_id is required"},
    };
    for (String[] row : rows) {
      HttpResponse<String> response = ApiClient.operator().get(row[0]);
      ApiClient.refused(row[0], response, 400);
      assertThat(response.body()).as(row[0]).contains(row[1]);
    }
  }

  @Test
  @DisplayName("A percent sign without digits is refused")
  void percentSign() {
    for (String path : new String[] {"/api/v1/pending?channel=%zz", "/api/v1/pending?q=%"}) {
      ApiClient.Raw response = ApiClient.operator().raw("GET", path);
      assertThat(response.status()).as(path).isEqualTo(400);
      assertThat(response.text()).contains("percent-encoded", "application/problem+json");
    }
  }

  @Test
  @DisplayName("Requests that the container refuses get a problem, too")
  void containerRefusals() {
    ApiClient.Raw path = ApiClient.operator().raw("GET", "/api/v1/inbound/..%2fpairings");
    assertThat(path.status()).isEqualTo(400);
    assertThat(path.text()).contains("application/problem+json", "no-store", "nosniff");
    HttpResponse<String> accept = ApiClient.operator().header("Accept", "x").get("/api/v1/pending");
    ApiClient.refused("no media type", accept, 400);
    ApiClient.refused(
        "no media type", ApiClient.operator().header("Content-Type", "x").post(INBOUND, "{}"), 400);
  }

  @Test
  @DisplayName("Unknown paths and methods get a problem")
  void unknownCalls() {
    ApiClient.refused("unknown path", ApiClient.operator().get("/api/v1/nowhere"), 404);
    ApiClient.refused("outside v1", ApiClient.operator().get("/api/v2/pending"), 404);
    ApiClient.refused("the api's root", ApiClient.operator().get("/api"), 404);
    HttpResponse<String> wrongMethod =
        ApiClient.operator().send("PUT", "/api/v1/pending", ApiClient.NOTHING);
    ApiClient.refused("wrong method", wrongMethod, 405);
    assertThat(wrongMethod.headers().firstValue("Allow").orElse("")).contains("GET");
    ApiClient.refused(
        "TRACE", ApiClient.operator().send("TRACE", "/api/v1/pending", ApiClient.NOTHING), 405);
    ApiClient.refused(
        "wrong type",
        ApiClient.operator().header("Content-Type", "text/plain").post(INBOUND, "x"),
        415);
    ApiClient.refused(
        "no type of ours",
        ApiClient.operator().header("Accept", "text/html").get("/api/v1/pending"),
        406);
    ApiClient.refused(
        "no delete",
        ApiClient.operator().send("DELETE", "/api/v1/blocked", ApiClient.NOTHING),
        405);
    ApiClient.refused("no get", ApiClient.operator().get("/api/v1/logout"), 405);
    ApiClient.refused(
        "a form",
        ApiClient.anonymous()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .post("/api/v1/login", "password=x"),
        415);
    ApiClient.refused(
        "unknown surface",
        ApiClient.operator().header("X-Pairing-Surface", "gate").get("/api/v1/pending"),
        400);
    ApiClient.refused(
        "unknown code", ApiClient.operator().post("/api/v1/pending/ZZZZ2222/approve", "{}"), 404);
    ApiClient.refused(
        "expired code", ApiClient.operator().post("/api/v1/pending/EXPD2345/deny", "{}"), 410);
    ApiClient.refused(
        "no such row",
        ApiClient.operator()
            .post("/api/v1/allow-from/update", "{\"channel\":\"a\",\"sender_id\":\"nobody\"}"),
        404);
  }

  @Test
  @DisplayName("A server error reveals no details")
  void serverErrors() {
    HttpResponse<String> bug = inboundFrom(FailingDependencies.BUG);
    ApiClient.refused("a bug", bug, 500);
    assertThat(bug.headers().firstValue("X-Incident-Id")).isPresent();
    assertThat(bug.headers().map().toString() + bug.body()).doesNotContain("secret", "Exception");
    for (String sender : new String[] {FailingDependencies.STORAGE, FailingDependencies.ADAPTER}) {
      HttpResponse<String> away =
          ApiClient.operator()
              .post(
                  "/api/v1/allow-from/revoke",
                  "{\"channel\":\"whatsapp\",\"sender_id\":\"" + sender + "\"}");
      ApiClient.refused(sender, away, 503);
      assertThat(away.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(away.body()).doesNotContain("secret", "detail");
    }
    HttpResponse<String> unknowable =
        ApiClient.anonymous()
            .header("Cookie", cookieName() + "=" + FakeConsoleLogins.STORAGE_DOWN)
            .header("X-Pairing-Surface", "console")
            .get("/api/v1/pending");
    ApiClient.refused("a cookie while the database is away", unknowable, 503);
    assertThat(unknowable.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(unknowable.headers().firstValue("Set-Cookie")).as("it may be good").isEmpty();
  }

  private static String cookieName() {
    return ApiClient.anonymous()
        .post("/api/v1/login", "{\"password\":\"" + FakeSettings.PASSWORD + "\"}")
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow()
        .split("=", 2)[0];
  }

  private static HttpResponse<String> inboundFrom(String sender) {
    return ApiClient.operator()
        .post(INBOUND, "{\"channel\":\"whatsapp\",\"sender_id\":\"" + sender + "\"}");
  }
}
