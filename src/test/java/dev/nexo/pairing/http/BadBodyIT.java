package dev.nexo.pairing.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.http.request.JsonBody;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever is wrong with a body, it is answered by a problem that says what. */
@DisplayName("Bad request bodies")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BadBodyIT {

  private static final String INBOUND = "/api/v1/inbound";
  private static final String SEED = "/api/v1/allow-from/seed";

  @Deployment(testable = false)
  static WebArchive archive() {
    return HttpArchive.withBuiltinAccounts("bad-body");
  }

  /** Reason, path, body, and the text of the answer. */
  private static String[][] badBodies() {
    String a = "{\"channel\":\"whatsapp\",\"sender_id\":\"+1\"";
    return new String[][] {
      // reason, path, body, what the answer says
      {"no body at all", INBOUND, "", "it is empty"},
      {"cut off", INBOUND, a, "syntax error"},
      {"a trailing comma", INBOUND, a + ",}", "syntax error"},
      {"a list", INBOUND, "[]", "must be an object"},
      {"a text", INBOUND, "\"x\"", "must be an object"},
      {"more behind it", INBOUND, a + "} {}", "syntax error"},
      {"a key twice", INBOUND, a + ",\"channel\":\"telegram\"}", "duplicate field \\\"channel\\\""},
      {"deeper than 32", INBOUND, a + ",\"meta\":" + nested(40) + "}", "at most 32 levels"},
      {"no channel", INBOUND, "{\"sender_id\":\"+1\"}", "channel is required"},
      {"a null channel", INBOUND, "{\"channel\":null}", "channel is required"},
      {"a blank channel", INBOUND, "{\"channel\":\" \"}", "channel must be"},
      {"a long channel", INBOUND, "{\"channel\":\"" + "a".repeat(33) + "\"}", "channel must be"},
      {"capitals in a channel", INBOUND, "{\"channel\":\"WhatsApp\"}", "channel must be"},
      {"dots in an account", INBOUND, a + ",\"account_id\":\"a..b\"}", "account_id must be"},
      {"a wildcard for an account", INBOUND, a + ",\"account_id\":\"*\"}", "account_id must be"},
      {"an empty account", INBOUND, a + ",\"account_id\":\"\"}", "account_id must be"},
      {
        "a number for a sender",
        INBOUND,
        "{\"channel\":\"a\",\"sender_id\":1}",
        "sender_id must be a string"
      },
      {
        "a long sender",
        INBOUND,
        "{\"channel\":\"a\",\"sender_id\":\"" + "1".repeat(257) + "\"}",
        "sender_id must be"
      },
      {
        "a control character",
        INBOUND,
        "{\"channel\":\"a\",\"sender_id\":\"a\\u0007b\"}",
        "sender_id must be"
      },
      {"a NUL in an id", INBOUND, a + ",\"account_id\":\"a\\u0000\"}", "U+0000"},
      {
        "half a surrogate pair in an id",
        INBOUND,
        a + ",\"account_id\":\"\\ud83d\"}",
        "unpaired surrogate"
      },
      {"a list for meta", INBOUND, a + ",\"meta\":[]}", "meta must be an object"},
      {"a text for a flag", INBOUND, a + ",\"deliver\":\"true\"}", "deliver must be true or false"},
      {
        "a number for a flag",
        INBOUND,
        a + ",\"auto_challenge\":1}",
        "auto_challenge must be true or false"
      },
      {"a field nobody knows", INBOUND, a + ",\"sender\":\"x\"}", "sender is not a field"},
      {"a parameter beside a body", INBOUND + "?channel=x", a + "}", "channel is not a parameter"},
      {"no time", "/api/v1/pending/ABCD2345/approve", "{\"expires_at\":\"soon\"}", "RFC 3339"},
      {
        "a time without a zone",
        "/api/v1/pending/ABCD2345/approve",
        "{\"expires_at\":\"2027-01-01T00:00:00\"}",
        "RFC 3339"
      },
      {
        "a number for a time",
        "/api/v1/pending/ABCD2345/approve",
        "{\"expires_at\":1}",
        "expires_at must be a string"
      },
      {
        "a long note",
        "/api/v1/pending/ABCD2345/approve",
        "{\"note\":\"" + "n".repeat(501) + "\"}",
        "note must be at most 500"
      },
      {
        "a long reason",
        "/api/v1/pending/ABCD2345/deny",
        "{\"reason\":\"" + "n".repeat(501) + "\"}",
        "reason must be at most 500"
      },
      {"no senders", SEED, "{\"channel\":\"whatsapp\"}", "sender_ids is required"},
      {
        "a text for senders",
        SEED,
        "{\"channel\":\"whatsapp\",\"sender_ids\":\"+1\"}",
        "must be an array"
      },
      {
        "a number among senders",
        SEED,
        "{\"channel\":\"whatsapp\",\"sender_ids\":[\"+1\",2]}",
        "sender_ids[1] must be a string"
      },
      {
        "no sender to revoke",
        "/api/v1/allow-from/revoke",
        "{\"channel\":\"whatsapp\"}",
        "sender_id is required"
      },
      {
        "a blank sender to revoke",
        "/api/v1/allow-from/revoke",
        "{\"channel\":\"whatsapp\",\"sender_id\":\" \"}",
        "sender_id must be"
      },
      {
        "no sender to block",
        "/api/v1/blocked/block",
        "{\"channel\":\"a\"}",
        "sender_id is required"
      },
      {
        "a long reason to block",
        "/api/v1/blocked/block",
        a + ",\"reason\":\"" + "n".repeat(501) + "\"}",
        "reason must be at most 500"
      },
      {
        "all accounts to block",
        "/api/v1/blocked/block",
        a + ",\"all_accounts\":true}",
        "all_accounts is not a field"
      },
      {
        "a reason to unblock",
        "/api/v1/blocked/unblock",
        a + ",\"reason\":\"x\"}",
        "reason is not a field"
      },
      {
        "a control character to unblock",
        "/api/v1/blocked/unblock",
        "{\"channel\":\"a\",\"sender_id\":\"a\\u0007b\"}",
        "sender_id must be"
      },
      {"no password", "/api/v1/login", "{}", "password is required"},
      {"a null password", "/api/v1/login", "{\"password\":null}", "password is required"},
      {"a number for a password", "/api/v1/login", "{\"password\":1}", "password must be a string"},
      {
        "a long password",
        "/api/v1/login",
        "{\"password\":\"" + "p".repeat(1025) + "\"}",
        "password must be at most 1024"
      },
      {
        "a long name",
        "/api/v1/login",
        "{\"name\":\"" + "n".repeat(257) + "\",\"password\":\"x\"}",
        "name must be at most 256"
      },
      {
        "a user for a name",
        "/api/v1/login",
        "{\"user\":\"operator\",\"password\":\"x\"}",
        "user is not a field"
      },
      {
        "a password in the URL",
        "/api/v1/login?password=x",
        "{\"password\":\"x\"}",
        "password is not a parameter"
      },
      {"anything to log out", "/api/v1/logout", "{\"all\":true}", "all is not a field"},
      {
        "all accounts and one",
        "/api/v1/allow-from/revoke",
        a + ",\"account_id\":\"x\",\"all_accounts\":true}",
        "must be left out"
      },
    };
  }

  @Test
  @DisplayName("A bad body is refused with the reason")
  void reasons() {
    for (String[] row : badBodies()) {
      HttpResponse<String> response = ApiClient.operator().post(row[1], row[2]);
      ApiClient.refused(row[0], response, 400);
      assertThat(response.body()).as(row[0]).contains(row[3]);
    }
  }

  @Test
  @DisplayName("All violations are named at once")
  void allViolations() {
    HttpResponse<String> response =
        ApiClient.operator()
            .post(INBOUND, "{\"channel\":\"X\",\"account_id\":\"..\",\"deliver\":0,\"typo\":1}");
    assertThat(ApiClient.json(response).getJsonArray("violations"))
        .extracting(violation -> violation.asJsonObject().getString("field"))
        .containsExactly("channel", "account_id", "deliver", "typo");
  }

  @Test
  @DisplayName("A body over 1 MiB is refused with or without Content-Length")
  void tooLarge() {
    byte[] large = " ".repeat(JsonBody.MAX_BYTES + 1).getBytes(StandardCharsets.US_ASCII);
    ApiClient api = ApiClient.operator().header("Content-Type", "application/json");
    ApiClient.refused("told", api.send("POST", INBOUND, BodyPublishers.ofByteArray(large)), 413);
    ApiClient.refused(
        "chunked",
        api.send(
            "POST", INBOUND, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))),
        413);
  }

  @Test
  @DisplayName("A body of exactly 1 MiB is accepted")
  void largest() {
    String message = "{\"channel\":\"whatsapp\",\"sender_id\":\"friend\"}";
    String padded = message + " ".repeat(JsonBody.MAX_BYTES - message.length());
    assertThat(ApiClient.operator().post(INBOUND, padded).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("A byte order mark before a body or a stream is ignored")
  void byteOrderMark() {
    String message = "\ufeff{\"channel\":\"whatsapp\",\"sender_id\":\"friend\"}";
    assertThat(ApiClient.operator().post(INBOUND, message).statusCode()).isEqualTo(200);
    assertThat(stream("\ufeff{\"sender_id\":\"+1\"}\n").statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("A bad line ends a stream, and the lines before it are kept")
  void badLine() {
    HttpResponse<String> response =
        stream("{\"sender_id\":\"+1\"}\r\n\r\n{\"sender_id\":\"bad-1\"}\n{\"sender\":\"+2\"}\n");
    ApiClient.refused("a field nobody knows", response, 400);
    assertThat(response.body())
        .contains("Line 4", "1 seeded, 1 rejected", "line 4: sender_id", "line 4: sender");
    HttpResponse<String> tooLong =
        stream("{\"sender_id\":\"+1\"}\n{\"sender_id\":\"" + "1".repeat(70_000) + "\"}\n");
    ApiClient.refused("a long line", tooLong, 413);
    assertThat(tooLong.body()).contains("Line 2");
    ApiClient.refused("no channel", streamTo(SEED, "{\"sender_id\":\"+1\"}"), 400);
  }

  private static HttpResponse<String> stream(String lines) {
    return streamTo(SEED + "?channel=whatsapp", lines);
  }

  private static HttpResponse<String> streamTo(String path, String lines) {
    return ApiClient.operator().header("Content-Type", "application/x-ndjson").post(path, lines);
  }

  private static String nested(int depth) {
    return "{\"x\":".repeat(depth) + "1" + "}".repeat(depth);
  }
}
