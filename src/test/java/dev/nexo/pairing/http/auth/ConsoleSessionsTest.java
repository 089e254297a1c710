package dev.nexo.pairing.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.Surface;
import dev.nexo.pairing.address.AddressBlock;
import dev.nexo.pairing.address.ProxySettings;
import dev.nexo.pairing.address.TrustedProxies;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.config.SecuritySettings;
import dev.nexo.pairing.http.FakeRequest;
import dev.nexo.pairing.http.fake.FakeConsoleLogins;
import dev.nexo.pairing.http.fake.FakeSecrets;
import dev.nexo.pairing.internal.SharedSecrets;
import dev.nexo.pairing.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Console sessions")
class ConsoleSessionsTest {

  private static final Actor OPERATOR = new Actor("operator", Surface.CONSOLE);
  private static final String PEER = "192.0.2.1";

  @TempDir Path home;
  private Path passwordFile;

  private final SecureRandom random = new SecureRandom();
  private final SharedSecrets secrets = new FakeSecrets();
  private final FakeConsoleLogins logins = new FakeConsoleLogins();

  @BeforeEach
  void name() {
    passwordFile = home.resolve("secret/operator.password");
  }

  private ConsoleSessions sessions(Optional<String> password, SecuritySettings.Accounts accounts) {
    SecuritySettings settings = new SecuritySettings(accounts, password, passwordFile, false);
    ProxySettings proxies =
        new ProxySettings(AddressBlock.parse("10.0.0.1").stream().toList(), Optional.empty());
    return new ConsoleSessions(
        logins,
        new OperatorPassword(
            settings, random, () -> UUID.randomUUID().toString(), secrets, () -> 0),
        new TrustedProxies(() -> proxies),
        secrets,
        random);
  }

  private ConsoleSessions withMadePassword() {
    return sessions(Optional.empty(), SecuritySettings.Accounts.BUILTIN);
  }

  private static HttpServletRequest request(String... cookies) {
    return FakeRequest.from(
        PEER, Map.of("X-Pairing-Surface", List.of("console"), "Cookie", List.of(cookies)));
  }

  private static String cookie(String header) {
    return header.split(";", 2)[0];
  }

  private static String open(ConsoleSessions sessions) {
    return cookie(sessions.open(FakeRequest.from(PEER, Map.of()), OPERATOR));
  }

  private static boolean counts(ConsoleSessions sessions, String cookie) {
    try {
      return sessions
          .account(request(cookie))
          .equals(new Accounts.Account("operator", CallerRole.OPERATOR));
    } catch (ProblemException e) {
      assertThat(e.problem().headers())
          .hasEntrySatisfying(
              "Set-Cookie",
              value ->
                  assertThat(value).matches(ConsoleSessions.COOKIE + "[0-9a-f]{8}=; Max-Age=0;.*"));
      return false;
    }
  }

  @Test
  @DisplayName("The cookie is limited to the API and hidden from scripts")
  void cookieAttributes() {
    ConsoleSessions sessions = withMadePassword();
    assertThat(sessions.open(FakeRequest.from(PEER, Map.of()), OPERATOR))
        .matches(
            "nexo_pairing_console_[0-9a-f]{8}=[A-Za-z0-9_-]{43}; Max-Age=43200; Path=/api; HttpOnly;"
                + " SameSite=Strict");
    assertThat(
            sessions.open(
                FakeRequest.from("10.0.0.1", Map.of("X-Forwarded-Proto", List.of("https"))),
                OPERATOR))
        .startsWith("__Host-nexo_pairing_console_")
        .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure");
    assertThat(
            sessions.open(
                FakeRequest.from(PEER, Map.of("X-Forwarded-Proto", List.of("https"))), OPERATOR))
        .as("anybody may say so")
        .doesNotContain("Secure");
  }

  @Test
  @DisplayName("Servers of one database use one name for the cookie, others another")
  void names() {
    String one = open(withMadePassword());
    assertThat(counts(withMadePassword(), one)).as("another server of the database").isTrue();
    ConsoleSessions elsewhere =
        new ConsoleSessions(
            logins,
            new OperatorPassword(
                new SecuritySettings(
                    SecuritySettings.Accounts.BUILTIN, Optional.of("x"), passwordFile, false),
                random,
                () -> UUID.randomUUID().toString(),
                new FakeSecrets(),
                () -> 0),
            new TrustedProxies(() -> new ProxySettings(List.of(), Optional.empty())),
            new FakeSecrets(),
            random);
    assertThat(open(elsewhere).split("=", 2)[0]).isNotEqualTo(one.split("=", 2)[0]);
    assertThat(elsewhere.isCookied(request(one))).as("not for this server").isFalse();
  }

  @Test
  @DisplayName("The stored login contains neither the cookie nor the password")
  void storedValues() throws IOException {
    String cookie = open(withMadePassword());
    String kept = logins.all().toString() + logins.all().values().iterator().next().passwordMac();
    String password = Files.readString(passwordFile).strip();
    assertThat(kept).doesNotContain(cookie.split("=")[1], password, Sha256.hex(password));
  }

  @Test
  @DisplayName("A login is valid until it ends")
  void endsLogin() {
    ConsoleSessions sessions = withMadePassword();
    String cookie = open(sessions);
    String other = open(sessions);
    assertThat(counts(sessions, cookie)).isTrue();
    HttpServletRequest request = request(cookie);
    sessions.account(request);
    assertThat(ConsoleSessions.login(request)).isPresent();
    assertThat(sessions.end(request, OPERATOR).orElseThrow()).contains("Max-Age=0");
    assertThat(counts(sessions, cookie)).isFalse();
    assertThat(counts(sessions, other)).isTrue();
  }

  @Test
  @DisplayName("A new password ends the logins of the old one on all servers")
  void newPassword() throws IOException {
    ConsoleSessions first = withMadePassword();
    Path kept = passwordFile;
    passwordFile = home.resolve("other/secret/operator.password");
    ConsoleSessions second = withMadePassword();
    String cookie = open(second);
    assertThat(counts(first, cookie)).isTrue();
    passwordFile = kept;
    Files.delete(passwordFile);
    ConsoleSessions restarted = withMadePassword();
    assertThat(counts(restarted, cookie)).isFalse();
    assertThat(counts(second, cookie)).as("without a restart").isFalse();
    assertThat(counts(second, open(restarted))).isTrue();
  }

  @Test
  @DisplayName("A login ends if the configured password or account type changes")
  void configuredPassword() {
    String configured =
        open(sessions(Optional.of("a-configured-one"), SecuritySettings.Accounts.BUILTIN));
    String byServer = open(sessions(Optional.empty(), SecuritySettings.Accounts.SERVER));
    ConsoleSessions same =
        sessions(Optional.of("a-configured-one"), SecuritySettings.Accounts.BUILTIN);
    ConsoleSessions another =
        sessions(Optional.of("another-one"), SecuritySettings.Accounts.BUILTIN);
    ConsoleSessions server = sessions(Optional.empty(), SecuritySettings.Accounts.SERVER);
    assertThat(counts(same, configured)).isTrue();
    assertThat(counts(another, configured)).isFalse();
    assertThat(counts(server, configured)).isFalse();
    assertThat(counts(server, byServer)).isTrue();
    assertThat(counts(same, byServer)).isFalse();
  }

  @Test
  @DisplayName("Any other cookie value is no login")
  void badCookies() {
    ConsoleSessions sessions = withMadePassword();
    String cookie = open(sessions);
    String name = cookie.split("=", 2)[0];
    for (String bad :
        new String[] {
          name + "=",
          cookie + "=",
          cookie.substring(0, cookie.length() - 1),
          name + "=" + "A".repeat(43),
          name + "=" + "é".repeat(43),
          name + "=" + logins.all().keySet().iterator().next()
        }) {
      assertThat(sessions.isCookied(request(bad))).as(bad).isTrue();
      assertThat(counts(sessions, bad)).as(bad).isFalse();
    }
    assertThatThrownBy(() -> sessions.account(request(cookie, cookie)))
        .as("two of them: somebody has planted one")
        .isInstanceOf(ProblemException.class);
    assertThat(sessions.isCookied(request("other=" + cookie))).isFalse();
    assertThat(sessions.isCookied(FakeRequest.from(PEER, Map.of()))).isFalse();
  }

  @Test
  @DisplayName("Without the console's header the cookie is ignored")
  void noHeader() {
    ConsoleSessions sessions = withMadePassword();
    String cookie = open(sessions);
    for (List<String> surface : List.of(List.<String>of(), List.of("cli"), List.of("Console"))) {
      Map<String, List<String>> headers =
          surface.isEmpty()
              ? Map.of("Cookie", List.of(cookie))
              : Map.of("Cookie", List.of(cookie), "X-Pairing-Surface", surface);
      assertThatThrownBy(() -> sessions.account(FakeRequest.from(PEER, headers)))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().detail()).contains("X-Pairing-Surface: console");
                assertThat(e.problem().headers()).as("the cookie may be good").isEmpty();
              });
    }
  }

  @Test
  @DisplayName("The string representation of a token is redacted")
  void redacted() {
    ConsoleToken token = ConsoleToken.next(random);
    assertThat(token.toString()).doesNotContain(token.value());
    assertThat(token.value()).isNotEqualTo(ConsoleToken.next(random).value());
  }
}
