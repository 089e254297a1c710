package dev.nexo.pairing.http.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.AuditFilter;
import dev.nexo.pairing.ChannelAccount;
import dev.nexo.pairing.Decision.Admit;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingStore;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.http.fake.FakeOutboxStatus;
import dev.nexo.pairing.http.problem.ExceptionProblems;
import dev.nexo.pairing.internal.KnownAccounts;
import dev.nexo.pairing.platform.IdSource;
import dev.nexo.pairing.testkit.InMemoryPairing;
import dev.nexo.pairing.testkit.StubAdapters;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Operator servlet of an application")
class OperatorServletTest {

  private static final String ANA = "{\"channel\":\"chat\",\"sender_id\":\"Ana\"}";

  private final InMemoryPairing pairing = new InMemoryPairing();
  private final OperatorServlet servlet = new OperatorServlet();
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, Object> attributes = new HashMap<>();
  private String user = "olga";
  private String role = OperatorServlet.ROLE;
  private int status;
  private boolean bodyIsRead;
  private final Map<String, String> answered = new LinkedHashMap<>();

  @BeforeEach
  void open() throws Exception {
    SenderParser senders =
        new SenderParser(
            new StubAdapters(),
            new KnownAccounts() {
              @Override
              public boolean hasChannel(String channel) {
                return true;
              }

              @Override
              public boolean hasAccount(ChannelAccount account) {
                return true;
              }
            });
    PairingStore store = pairing.store();
    OperatorResource resource = new OperatorResource();
    resource.pending =
        new PendingResource(store, null, new FakeOutboxStatus(), senders, pairing.gate());
    resource.allowFrom = new AllowFromResource(store, senders, pairing.gate());
    resource.blocked = new BlockedResource(store, senders);
    resource.audit = new AuditResource(store, senders);
    resource.explain = new ExplainResource(pairing.gate(), senders, pairing.clock());
    resource.events = new EventsResource(store, null, null, null);
    servlet.resource = resource;
    servlet.init();
    Constructor<?> problems = ExceptionProblems.class.getDeclaredConstructors()[0];
    problems.setAccessible(true);
    servlet.problems = (ExceptionProblems) problems.newInstance((IdSource) () -> "incident-1");
    headers.put("Authorization", "Basic b2xnYTpvbGdh");
  }

  private JsonObject call(String method, String path, String body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    status = 200;
    answered.clear();
    servlet.service(request(method, path, body), response(out));
    try (var reader = Json.createReader(new StringReader(out.toString(UTF_8)))) {
      return reader.readObject();
    }
  }

  private HttpServletRequest request(String method, String path, String body) {
    byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
    String[] parts = path.split("\\?", 2);
    if (body != null) {
      headers.putIfAbsent("Content-Type", "application/json");
    }
    return proxy(
        HttpServletRequest.class,
        (self, called, args) ->
            switch (called.getName()) {
              case "getMethod" -> method;
              case "getPathInfo" -> parts[0];
              case "getQueryString" -> parts.length == 2 ? parts[1] : null;
              case "getRequestURI" -> "/operator" + parts[0];
              case "getProtocol" -> "HTTP/1.1";
              case "getHeaderNames" -> Collections.enumeration(headers.keySet());
              case "getHeaders" ->
                  Collections.enumeration(
                      args[0].equals("Host")
                          ? List.of("localhost")
                          : Stream.ofNullable(headers.get(args[0])).toList());
              case "isAsyncSupported", "isAsyncStarted" -> false;
              case "setAttribute" -> attributes.put((String) args[0], args[1]);
              case "getAttribute" -> attributes.get(args[0]);
              case "getHeader" -> headers.get(args[0]);
              case "getContentType" -> headers.get("Content-Type");
              case "getContentLengthLong" -> (long) bytes.length;
              case "getInputStream" -> new Body(bodyIsRead ? new byte[0] : bytes);
              case "getUserPrincipal" -> user == null ? null : (Principal) () -> user;
              case "isUserInRole" -> args[0].equals(role);
              default -> throw new UnsupportedOperationException(called.getName());
            });
  }

  private HttpServletResponse response(ByteArrayOutputStream out) {
    return proxy(
        HttpServletResponse.class,
        (self, called, args) -> {
          switch (called.getName()) {
            case "setStatus" -> status = (int) args[0];
            case "setHeader" -> answered.put((String) args[0], (String) args[1]);
            case "isCommitted" -> {
              return false;
            }
            case "getOutputStream" -> {
              return new Output(out);
            }
            case "setContentType", "setContentLength", "resetBuffer" -> {
              return null;
            }
            default -> throw new UnsupportedOperationException(called.getName());
          }
          return null;
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final class Body extends ServletInputStream {
    private final ByteArrayInputStream bytes;

    private Body(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Output extends ServletOutputStream {
    private final ByteArrayOutputStream out;

    private Output(ByteArrayOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) {
      out.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private PendingRequest challenged() {
    return ((Challenge) pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE))
        .request();
  }

  private boolean isAdmitted() {
    return pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE)
        instanceof Admit;
  }

  private AuditEntry lastEntry() {
    return pairing
        .store()
        .audit(new AuditFilter(AccountFilter.ALL, null, null), new PageRequest(1, null))
        .items()
        .get(0);
  }

  @Test
  @DisplayName("An operator lists and approves, and the audit trail names the operator")
  void approves() throws IOException {
    PendingRequest request = challenged();
    JsonObject list = call("GET", "/pending?channel=chat", null);
    assertThat(list.getJsonArray("pending").getJsonObject(0).getString("code"))
        .isEqualTo(request.code().value());
    assertThat(answered).containsEntry("Cache-Control", "no-store");
    JsonObject done =
        call("POST", "/pending/" + request.code().value() + "/approve", "{\"note\":\"friend\"}");
    assertThat(done.getString("sender_id")).isEqualTo("ana");
    assertThat(isAdmitted()).isTrue();
    assertThat(lastEntry().actor()).isEqualTo("olga");
    assertThat(lastEntry().surface()).isEqualTo("api");
    assertThat(call("GET", "/allow-from", null).getJsonArray("allow")).hasSize(1);
    assertThat(call("GET", "/audit?sender_id=ana", null).getJsonArray("audit")).hasSize(2);
    assertThat(call("GET", "/explain?channel=chat&sender_id=Ana", null).getString("decision"))
        .isEqualTo("admit");
    call("POST", "/pending/" + request.code().value() + "/approve", null);
    assertThat(status).isEqualTo(404);
  }

  @Test
  @DisplayName("An operator denies, seeds, revokes, blocks and unblocks")
  void changes() throws IOException {
    call("POST", "/pending/" + challenged().requestId() + "/deny", "{\"reason\":\"spam\"}");
    assertThat(lastEntry().detail()).isEqualTo("spam");
    String senders = "{\"channel\":\"chat\",\"sender_ids\":[\"Ana\",\"bad\"]}";
    assertThat(call("POST", "/allow-from/seed", senders).getInt("seeded")).isEqualTo(1);
    assertThat(isAdmitted()).isTrue();
    assertThat(call("POST", "/allow-from/revoke", ANA).getInt("revoked")).isEqualTo(1);
    assertThat(isAdmitted()).isFalse();
    assertThat(call("POST", "/blocked/block", ANA).getInt("blocked")).isEqualTo(1);
    assertThat(call("GET", "/blocked", null).getJsonArray("blocked")).hasSize(1);
    assertThat(call("POST", "/blocked/unblock", ANA).getInt("unblocked")).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} {1}: {2}, {3}")
  @CsvSource({
    "GET, /pending, 401, no login",
    "POST, /allow-from/seed, 401, no login",
    "GET, /nothing, 401, no login learns nothing of paths",
    "GET, /pending, 403, another role",
    "POST, /allow-from/seed, 403, another role"
  })
  @DisplayName("Without the host's login and role every call is refused")
  void refusesStrangers(String method, String path, int expected, String why) throws IOException {
    challenged();
    user = expected == 401 ? null : "nobody";
    role = "nobody";
    JsonObject answer = call(method, path, method.equals("GET") ? null : ANA);
    assertThat(status).isEqualTo(expected);
    assertThat(answer.toString()).doesNotContain("ana");
    assertThat(isAdmitted()).isFalse();
  }

  @Test
  @DisplayName("A body that a filter of the application has read is a 400, and decides nothing")
  void bodyOfAnotherReader() throws IOException {
    String approve = "/pending/" + challenged().requestId() + "/approve";
    bodyIsRead = true;
    call("POST", approve, "{\"note\":\"friend\"}");
    assertThat(status).isEqualTo(400);
    assertThat(isAdmitted()).isFalse();
  }

  @Test
  @DisplayName("A page of another site changes nothing")
  void refusesForeignPages() throws IOException {
    String approve = "/pending/" + challenged().requestId() + "/approve";
    headers.put("Sec-Fetch-Site", "cross-site");
    call("POST", approve, "{}");
    assertThat(status).isEqualTo(403);
    headers.remove("Sec-Fetch-Site");
    headers.remove("Authorization");
    call("POST", approve, "{}");
    assertThat(status).as("a cookie alone").isEqualTo(403);
    headers.put("X-Pairing-Surface", "console");
    headers.put("Content-Type", "text/plain");
    call("POST", approve, "{}");
    assertThat(status).isEqualTo(415);
    headers.put("Content-Type", "application/json; charset=latin-9000");
    call("POST", approve, "{}");
    assertThat(status).isEqualTo(400);
    headers.put("Content-Type", "application/json");
    headers.put("Content-Encoding", "gzip");
    call("POST", approve, "{}");
    assertThat(status).isEqualTo(415);
    headers.remove("Content-Encoding");
    assertThat(isAdmitted()).isFalse();
    headers.put("Content-Type", "application/json; charset=utf-8");
    call("POST", approve, "{}");
    assertThat(status).isEqualTo(200);
    assertThat(lastEntry().surface()).isEqualTo("console");
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      nullValues = "null",
      value = {
        "GET, /, null, 404",
        "GET, '', null, 404",
        "GET, /pending/x, null, 404",
        "GET, /pending/x/approve, null, 405",
        "GET, /pending/x/held, null, 404",
        "PUT, /pending, null, 405",
        "DELETE, /allow-from/seed, null, 405",
        "GET, /pending?limit=0, null, 400",
        "GET, /pending?sender_id=ana, null, 400",
        "POST, /allow-from/seed, {}, 400",
        "POST, /allow-from/seed, no JSON, 400",
        "POST, /allow-from/revoke, '{\"channel\":\"chat\",\"sender_id\":\"bad\"}', 400",
        "POST, /pending/ABCDEFGH/deny, null, 404",
        "GET, /explain?channel=chat&sender_id=%zz, null, 400",
        "GET, /events, null, 404"
      })
  @DisplayName("Malformed calls are answered with a problem")
  void refusesMalformed(String method, String path, String body, int expected) throws IOException {
    JsonObject answer = call(method, path, body);
    assertThat(status).as(answer.toString()).isEqualTo(expected);
    assertThat(answer.getInt("status")).isEqualTo(expected);
  }

  @Test
  @DisplayName("While the database is unavailable a call gets a 503")
  void unavailable() throws IOException {
    pairing.setAvailable(false);
    call("GET", "/pending", null);
    assertThat(status).isEqualTo(503);
    assertThat(answered).containsEntry("Retry-After", "5");
  }
}
