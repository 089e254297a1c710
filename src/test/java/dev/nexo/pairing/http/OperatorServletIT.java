package dev.nexo.pairing.http;

import static dev.nexo.pairing.http.mounted.HostSecurity.MOUNTED;
import static dev.nexo.pairing.http.mounted.HostSecurity.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nexo.pairing.http.fake.FakeSettings;
import dev.nexo.pairing.http.mounted.HostSecurity;
import dev.nexo.pairing.testing.EventTap;
import dev.nexo.pairing.testing.ServerClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Holds the servlet, which a host mounts, to the answers of the WAR. */
@DisplayName("Operator servlet and WAR")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OperatorServletIT {

  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  /**
   * The headers that must be equal. The console's filter adds others to paths outside of the API.
   */
  private static final List<String> HEADERS =
      List.of(
          "allow",
          "cache-control",
          "content-length",
          "content-type",
          "retry-after",
          "x-accel-buffering",
          "x-content-type-options");

  /**
   * A request.
   *
   * @param headers the media type of the body, and other headers as {@code name: value}
   * @param status the expected status on both surfaces
   * @param body the body; {@code null} for none. {@code %s} becomes another sender for each surface
   */
  private record Call(String method, String path, int status, String body, String... headers) {}

  private static final String EVE = "{\"channel\":\"whatsapp\",\"sender_id\":\"%s\"}";
  private static final String SEED = "{\"channel\":\"whatsapp\",\"sender_ids\":[\"%s\",\"bad-1\"]}";

  private static final List<Call> CALLS =
      List.of(
          new Call("GET", "/pending", 200, null),
          new Call("GET", "/pending?channel=whatsapp&limit=1", 200, null),
          new Call("GET", "/pending/", 200, null),
          new Call("HEAD", "/pending", 200, null),
          new Call("GET", "/pending?limit=0&x=1", 400, null),
          new Call("GET", "/pending?channel=a&channel=b", 400, null),
          new Call("GET", "/pending?q", 400, null),
          new Call("GET", "/pending", 406, null, "Accept: image/gif"),
          new Call("GET", "/pending", 200, null, "Accept: image/gif, application/*;q=0.5"),
          new Call("GET", "/pending", 200, null, "Accept: application/json;q=0"),
          new Call("GET", "/pending", 400, null, "X-Pairing-Surface: x"),
          new Call("PUT", "/pending", 405, "{}", JSON),
          new Call("GET", "/pending/req-1/messages", 200, null),
          new Call("GET", "/pending/gone/messages", 404, null),
          new Call("GET", "/pending/req-1/approve", 405, null),
          new Call("POST", "/pending/req-1/approve", 200, "{\"note\":\"friend\"}", JSON),
          new Call("POST", "/pending/abcd%202345/approve", 200, "", JSON),
          new Call("POST", "/pending/req-1/approve", 200, null),
          new Call("POST", "/pending/EXPD2345/approve", 410, "{}", JSON),
          new Call("POST", "/pending/gone/deny", 404, "{\"block\":true}", JSON),
          new Call("POST", "/pending/req-1/deny", 200, "{\"reason\":\"spam\"}", JSON),
          new Call("POST", "/pending/req-1/deny", 415, "{}", "text/plain"),
          new Call("POST", "/pending/req-1/deny?x=1", 400, "{}", JSON),
          new Call(
              "POST",
              "/pending/decide",
              200,
              "{\"action\":\"deny\",\"request_ids\":[\"req-1\",\"EXPD2345\",\"gone\"]}",
              JSON),
          new Call(
              "POST",
              "/pending/decide",
              200,
              "{\"action\":\"restore\",\"request_ids\":[\"req-7\",\"storage-down\"]}",
              JSON),
          new Call("POST", "/pending/decide", 400, "{\"action\":\"x\",\"a\":1}", JSON),
          new Call("POST", "/allow-from/seed", 200, SEED, JSON),
          new Call("POST", "/allow-from/seed", 400, "{", JSON),
          new Call("POST", "/allow-from/seed", 400, "{\"a\":1,\"a\":2}", JSON),
          new Call("POST", "/allow-from/seed", 415, SEED, "application/xml"),
          new Call(
              "POST",
              "/allow-from/seed?channel=whatsapp",
              200,
              "{\"sender_id\":\"+49301\"}\n{\"sender_id\":\"bad-2\"}\n",
              LINES),
          new Call("POST", "/allow-from/seed?channel=whatsapp", 400, "{\"sender\":1}\n", LINES),
          new Call("POST", "/allow-from/seed", 400, "{\"sender_id\":\"+49301\"}\n", LINES),
          new Call("POST", "/allow-from/update", 200, EVE.replace("}", ",\"note\":\"Eve\"}"), JSON),
          new Call("POST", "/allow-from/update", 404, EVE.replace("%s", "+1999"), JSON),
          new Call("POST", "/allow-from/dry-run", 200, SEED, JSON),
          new Call("GET", "/allow-from?q=49301&include_revoked=true", 200, null),
          new Call("GET", "/allow-from?unseen_since=yesterday", 400, null),
          new Call(
              "POST", "/allow-from/revoke", 200, EVE.replace("}", ",\"all_accounts\":true}"), JSON),
          new Call(
              "POST",
              "/allow-from/revoke",
              400,
              EVE.replace("}", ",\"all_accounts\":true,\"account_id\":\"work\"}"),
              JSON),
          new Call("POST", "/allow-from/revoke", 503, EVE.replace("%s", "storage-down"), JSON),
          new Call("POST", "/blocked/block", 200, EVE, JSON),
          new Call("POST", "/blocked/block", 200, EVE, JSON),
          new Call("POST", "/blocked/unblock", 200, EVE, JSON),
          new Call("GET", "/blocked?cursor=x", 400, null),
          new Call("GET", "/blocked", 200, null),
          new Call("GET", "/denied?limit=1", 200, null),
          new Call("GET", "/dropped?reason=blocked", 200, null),
          new Call("GET", "/dropped?reason=x", 400, null),
          new Call(
              "POST",
              "/dropped/decide",
              200,
              "{\"action\":\"block\",\"senders\":[" + EVE.replace("%s", "nobody") + "]}",
              JSON),
          new Call("GET", "/policies", 200, null),
          new Call("GET", "/policies?channel=telegram&account_id=work", 200, null),
          new Call("GET", "/policies?account_id=work&x=1", 400, null),
          new Call("GET", "/audit?limit=1", 200, null),
          new Call("GET", "/audit?channel=whatsapp&sender_id=whatsapp:work:+1555", 200, null),
          new Call("GET", "/explain?channel=whatsapp&sender_id=%2B15550001111", 200, null),
          new Call("GET", "/explain?channel=whatsapp&sender_id=1+555", 200, null),
          new Call("GET", "/explain", 400, null),
          new Call("GET", "/activity", 200, null),
          new Call("GET", "/activity?x=1", 400, null),
          new Call("HEAD", "/events", 200, null),
          new Call("GET", "/events", 400, null, "Last-Event-ID: x"),
          new Call("GET", "/events", 406, null, "Accept: application/json"),
          new Call("POST", "/events", 405, "", JSON),
          new Call("POST", "/allow-from/seed", 413, " ".repeat((1 << 20) + 1), JSON));

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("mounted")
        .addPackage(HostSecurity.class.getPackageName());
  }

  private static HttpResponse<String> send(String surface, String sender, Call call) {
    ApiClient client = ApiClient.operator();
    for (String header : call.headers()) {
      String[] pair = header.contains(": ") ? header.split(": ", 2) : null;
      client.header(pair == null ? "Content-Type" : pair[0], pair == null ? header : pair[1]);
    }
    return client.send(
        call.method(),
        surface + "/api/v1" + call.path(),
        call.body() == null
            ? ApiClient.NOTHING
            : BodyPublishers.ofString(call.body().replace("%s", sender)));
  }

  private static Map<String, List<String>> headers(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.keySet().retainAll(HEADERS);
    // JAX-RS also answers OPTIONS.
    headers.computeIfPresent(
        "allow", (name, values) -> List.of(values.get(0).replace(", OPTIONS", "")));
    return headers;
  }

  @Test
  @DisplayName("Both surfaces give the same answers")
  void sameAnswers() {
    SoftAssertions softly = new SoftAssertions();
    for (Call call : CALLS) {
      HttpResponse<String> war = send("", "+155501", call);
      HttpResponse<String> mounted = send(MOUNTED, "+155502", call);
      String what = call + ": " + war.body();
      softly.assertThat(war.statusCode()).as(what).isEqualTo(call.status());
      softly.assertThat(mounted.statusCode()).as(what).isEqualTo(call.status());
      softly.assertThat(headers(mounted)).as(what).isEqualTo(headers(war));
      softly
          .assertThat(mounted.body().replace("+155502", "+155501"))
          .as(what)
          .isEqualTo(war.body().replace("+155502", "+155501"));
    }
    softly.assertAll();
  }

  @Test
  @DisplayName("Events arrive in the host, too")
  void events() {
    ServerClient host = ServerClient.operator(ApiClient.PORT, FakeSettings.PASSWORD).below(MOUNTED);
    try (EventTap tap = host.listen()) {
      await().until(() -> tap.lastId() >= 0);
      assertThat(tap.response().headers().firstValue("Content-Type")).hasValue("text/event-stream");
      assertThat(tap.response().headers().firstValue("X-Accel-Buffering")).hasValue("no");
      send(MOUNTED, "", new Call("POST", "/pending/ABCD2345/approve", 200, "", JSON));
      await().until(() -> !tap.events().isEmpty());
      assertThat(tap.events().get(0).name()).isEqualTo("approved");
    }
  }

  @Test
  @DisplayName("Without the host's login every call is a 401, also of an unknown path")
  void noLogin() {
    for (Call call : CALLS) {
      HttpResponse<String> answer = send(OPEN, "+155503", call);
      assertThat(answer.statusCode()).as(call.toString()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
    }
    ApiClient.refused("unknown", ApiClient.operator().get(OPEN + "/api/v1/nothing"), 401);
  }

  @Test
  @DisplayName("What needs the WAR is a 404 in the host")
  void notMounted() {
    for (String path :
        List.of("/sessions", "/setup-codes", "/doctor", "/login", "/pending/a/b/c")) {
      ApiClient.refused(path, ApiClient.operator().get(MOUNTED + "/api/v1" + path), 404);
    }
  }
}
