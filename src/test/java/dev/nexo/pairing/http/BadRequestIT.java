package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.fake.FakeConsoleLogins;
import dev.nexo.pairing.http.fake.Troubles;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is wrong with a request, it is answered by a problem that says what. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BadRequestIT {

  private static final String INBOUND = "/api/v1/inbound";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("bad-request");
  }

  @Test
  void aBadParameterIsRefusedWithItsReason() {
    String[][] rows = {
      {"/api/v1/pending?limit=0", "from 1 to 1000"},
      {"/api/v1/pending?limit=1001", "from 1 to 1000"},
      {"/api/v1/pending?limit=1e2", "from 1 to 1000"},
      {"/api/v1/pending?limit=1.5", "from 1 to 1000"},
      {"/api/v1/pending?limit=", "from 1 to 1000"},
      {"/api/v1/pending?limit=99999999999", "from 1 to 1000"},
      {"/api/v1/pending?limit=1&limit=2", "more than once"},
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
      {"/api/v1/dropped?reason=blocked", "reason is not a parameter"},
      {"/api/v1/login?name=operator", "name is not a parameter"},
      {"/api/v1/explain?sender_id=x", "channel is missing"},
      {"/api/v1/explain?channel=x", "sender_id is missing"},
    };
    for (String[] row : rows) {
      HttpResponse<String> response = Api.operator().get(row[0]);
      Api.refused(row[0], response, 400);
      assertThat(response.body()).as(row[0]).contains(row[1]);
    }
  }

  @Test
  void aPercentSignWithoutDigitsIsRefused() {
    for (String path : new String[] {"/api/v1/pending?channel=%zz", "/api/v1/pending?q=%"}) {
      Api.Raw response = Api.operator().raw("GET", path);
      assertThat(response.status()).as(path).isEqualTo(400);
      assertThat(response.text()).contains("percent-encoded", "application/problem+json");
    }
  }

  @Test
  void whatTheContainerRefusesItselfIsAProblemToo() {
    Api.Raw path = Api.operator().raw("GET", "/api/v1/inbound/..%2fpairings");
    assertThat(path.status()).isEqualTo(400);
    assertThat(path.text()).contains("application/problem+json", "no-store", "nosniff");
    HttpResponse<String> accept = Api.operator().header("Accept", "x").get("/api/v1/pending");
    Api.refused("no media type", accept, 400);
    Api.refused(
        "no media type", Api.operator().header("Content-Type", "x").post(INBOUND, "{}"), 400);
  }

  @Test
  void whatIsNoCallOfThisApiIsSaidToBeNone() {
    Api.refused("unknown path", Api.operator().get("/api/v1/nowhere"), 404);
    Api.refused("outside v1", Api.operator().get("/api/v2/pending"), 404);
    Api.refused("the api's root", Api.operator().get("/api"), 404);
    HttpResponse<String> wrongMethod = Api.operator().send("PUT", "/api/v1/pending", Api.NOTHING);
    Api.refused("wrong method", wrongMethod, 405);
    assertThat(wrongMethod.headers().firstValue("Allow").orElse("")).contains("GET");
    Api.refused("TRACE", Api.operator().send("TRACE", "/api/v1/pending", Api.NOTHING), 405);
    Api.refused(
        "wrong type", Api.operator().header("Content-Type", "text/plain").post(INBOUND, "x"), 415);
    Api.refused(
        "no type of ours",
        Api.operator().header("Accept", "text/html").get("/api/v1/pending"),
        406);
    Api.refused("no delete", Api.operator().send("DELETE", "/api/v1/blocked", Api.NOTHING), 405);
    Api.refused("no get", Api.operator().get("/api/v1/logout"), 405);
    Api.refused(
        "a form",
        Api.anonymous()
            .header("Content-Type", "application/x-www-form-urlencoded")
            .post("/api/v1/login", "password=x"),
        415);
    Api.refused(
        "unknown surface",
        Api.operator().header("X-Pairing-Surface", "gate").get("/api/v1/pending"),
        400);
    Api.refused("unknown code", Api.operator().post("/api/v1/pending/ZZZZ2222/approve", "{}"), 404);
    Api.refused("expired code", Api.operator().post("/api/v1/pending/EXPD2345/deny", "{}"), 410);
    Api.refused(
        "no such row",
        Api.operator()
            .post("/api/v1/allow-from/update", "{\"channel\":\"a\",\"sender_id\":\"nobody\"}"),
        404);
  }

  @Test
  void aServerFaultTellsNothing() {
    HttpResponse<String> bug = inboundFrom(Troubles.BUG);
    Api.refused("a bug", bug, 500);
    assertThat(bug.headers().firstValue("X-Incident-Id")).isPresent();
    assertThat(bug.headers().map().toString() + bug.body()).doesNotContain("secret", "Exception");
    for (String sender : new String[] {Troubles.STORAGE, Troubles.ADAPTER}) {
      HttpResponse<String> away =
          Api.operator()
              .post(
                  "/api/v1/allow-from/revoke",
                  "{\"channel\":\"whatsapp\",\"sender_id\":\"" + sender + "\"}");
      Api.refused(sender, away, 503);
      assertThat(away.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(away.body()).doesNotContain("secret", "detail");
    }
    HttpResponse<String> unknowable =
        Api.anonymous()
            .header("Cookie", "nexo_pairing_console=" + FakeConsoleLogins.STORAGE_DOWN)
            .header("X-Pairing-Surface", "console")
            .get("/api/v1/pending");
    Api.refused("a cookie while the database is away", unknowable, 503);
    assertThat(unknowable.headers().firstValue("Retry-After")).hasValue("5");
    assertThat(unknowable.headers().firstValue("Set-Cookie")).as("it may be good").isEmpty();
  }

  private static HttpResponse<String> inboundFrom(String sender) {
    return Api.operator()
        .post(INBOUND, "{\"channel\":\"whatsapp\",\"sender_id\":\"" + sender + "\"}");
  }
}
