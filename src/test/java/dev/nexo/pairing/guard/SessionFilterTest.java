package dev.nexo.pairing.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.companion.PairingSession;
import dev.nexo.pairing.companion.PairingSessionStore;
import dev.nexo.pairing.companion.SessionToken;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.StringReader;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Session filter")
class SessionFilterTest {

  private static final String TOKEN = "Zx-9_".repeat(8) + "abc";
  private static final PairingSession SESSION =
      new PairingSession(
          "5e55", "companion-v1", "Kitchen", Instant.EPOCH, Instant.MAX, null, false);

  private final List<String> asked = new ArrayList<>();
  private final MultivaluedMap<String, String> headers = new MultivaluedHashMap<>();
  private boolean secure;
  private SecurityContext caller;
  private Response answer;

  @BeforeAll
  static void build() {
    PlainResponses.install();
  }

  @AfterAll
  static void leave() {
    RuntimeDelegate.setInstance(null);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private void call() {
    call(token -> token.equals(TOKEN) ? Optional.of(SESSION) : Optional.empty());
  }

  private void call(Function<String, Optional<PairingSession>> found) {
    SessionFilter filter = new SessionFilter();
    filter.sessions =
        proxy(
            PairingSessionStore.class,
            (self, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("find");
              asked.add(((SessionToken) arguments[0]).value());
              return found.apply(((SessionToken) arguments[0]).value());
            });
    SecurityContext before = proxy(SecurityContext.class, (self, method, arguments) -> secure);
    filter.filter(
        proxy(
            ContainerRequestContext.class,
            (self, method, arguments) -> {
              switch (method.getName()) {
                case "getHeaders" -> {
                  return headers;
                }
                case "getSecurityContext" -> {
                  return before;
                }
                case "setSecurityContext" -> caller = (SecurityContext) arguments[0];
                case "abortWith" -> answer = (Response) arguments[0];
                default -> throw new UnsupportedOperationException(method.toString());
              }
              return null;
            }));
  }

  private JsonObject body() {
    try (var reader = Json.createReader(new StringReader((String) answer.getEntity()))) {
      return reader.readObject();
    }
  }

  @ParameterizedTest(name = "{0}, secure: {1}")
  @CsvSource({"Bearer, true", "bearer, false", "BEARER, true"})
  @DisplayName("A companion with a session is admitted under its identity")
  void admits(String scheme, boolean tls) {
    secure = tls;
    headers.add("Authorization", scheme + " " + TOKEN);
    call();
    assertThat(answer).isNull();
    assertThat(asked).containsExactly(TOKEN);
    assertThat(caller.getUserPrincipal()).isEqualTo(new CompanionPrincipal(SESSION));
    assertThat(caller.getUserPrincipal().getName()).isEqualTo("5e55");
    assertThat(caller.isUserInRole("companion-v1")).isTrue();
    assertThat(caller.isUserInRole("operator")).isFalse();
    assertThat(caller.isUserInRole(null)).isFalse();
    assertThat(caller.isSecure()).isEqualTo(tls);
    assertThat(caller.getAuthenticationScheme()).isEqualTo("Bearer");
  }

  static List<Arguments> faults() {
    return List.of(
        Arguments.of("no header", List.of()),
        Arguments.of("an empty header", List.of("")),
        Arguments.of("the scheme alone", List.of("Bearer")),
        Arguments.of("the scheme and a blank", List.of("Bearer ")),
        Arguments.of("a password", List.of("Basic " + TOKEN)),
        Arguments.of("no blank between", List.of("Bearer" + TOKEN)),
        Arguments.of("a tab between", List.of("Bearer\t" + TOKEN)),
        Arguments.of("something behind the token", List.of("Bearer " + TOKEN + " x")),
        Arguments.of("two tokens in one", List.of("Bearer " + TOKEN + ", Bearer " + TOKEN)),
        Arguments.of("two headers", List.of("Bearer " + TOKEN, "Bearer " + TOKEN)),
        Arguments.of("characters no token has", List.of("Bearer " + TOKEN + "\u00e9")),
        Arguments.of("a very long one", List.of("Bearer " + "A".repeat(100_000))),
        Arguments.of("an unknown token", List.of("Bearer " + "A".repeat(43))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  @DisplayName("Any other caller gets the same 401")
  void refuses(String what, List<String> values) {
    values.forEach(value -> headers.add("Authorization", value));
    call();
    assertThat(caller).isNull();
    assertThat(answer.getStatus()).isEqualTo(401);
    assertThat(answer.getHeaders().get("WWW-Authenticate")).containsExactly("Bearer");
    assertThat(answer.getHeaders().getFirst("Content-Type")).isEqualTo("application/problem+json");
    assertThat(body().getInt("status")).isEqualTo(401);
    assertThat(body().getString("type")).isEqualTo("urn:nexo-pairing:problem:login-required");
    String entity = (String) answer.getEntity();
    headers.clear();
    call();
    assertThat(answer.getEntity()).isEqualTo(entity);
  }

  @Test
  @DisplayName("While the database is unavailable every caller gets a 503")
  void unavailable() {
    headers.add("Authorization", "Bearer " + TOKEN);
    call(
        token -> {
          throw new StorageUnavailableException("gone", null);
        });
    assertThat(caller).isNull();
    assertThat(answer.getStatus()).isEqualTo(503);
    assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
    assertThat(answer.getHeaders().getFirst("Content-Type")).isEqualTo("application/problem+json");
    assertThat(body().getInt("status")).isEqualTo(503);
    assertThat((String) answer.getEntity()).doesNotContain("gone");
  }

  @Test
  @DisplayName("An unexpected error denies the request")
  void unforeseen() {
    headers.add("Authorization", "Bearer " + TOKEN);
    assertThatThrownBy(
            () ->
                call(
                    token -> {
                      throw new IllegalStateException();
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(caller).isNull();
  }
}
