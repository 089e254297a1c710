package dev.nexo.pairing.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.nexo.pairing.AccountFilter;
import dev.nexo.pairing.AdmissionPolicy;
import dev.nexo.pairing.AllowTerms;
import dev.nexo.pairing.Decision;
import dev.nexo.pairing.Decision.Challenge;
import dev.nexo.pairing.Decision.Drop;
import dev.nexo.pairing.DropReason;
import dev.nexo.pairing.InvalidValueException;
import dev.nexo.pairing.PageRequest;
import dev.nexo.pairing.PairingGate;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.testkit.InMemoryPairing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Methods for admitted senders")
class AdmittedTest {

  private final InMemoryPairing pairing = new InMemoryPairing();

  /** Gives the gate in memory. */
  private final class Gate implements Extension {
    @SuppressWarnings("unused") // the container calls it
    void add(@Observes AfterBeanDiscovery event) {
      event
          .addBean()
          .types(PairingGate.class)
          .scope(Singleton.class)
          .createWith(context -> pairing.gate());
    }
  }

  private WeldContainer container(Class<?>... beans) {
    return new Weld()
        .disableDiscovery()
        .addBeanClass(AdmittedInterceptor.class)
        .addBeanClasses(beans)
        .addExtensions(new Gate(), new AdmittedMethodCheck())
        .initialize();
  }

  /** A bean of an application. */
  @ApplicationScoped
  static class Bot {
    final List<String> calls = new ArrayList<>();

    @Admitted
    String answer(String text, @Sender(channel = "chat", account = "work") String from) {
      calls.add(from);
      return from + ": " + text;
    }

    @Admitted
    String anywhere(@Sender SenderKey from) {
      return from.toString();
    }

    String open() {
      return "open";
    }

    List<String> calls() {
      return calls;
    }
  }

  /** A bean of which all methods are guarded. */
  @Admitted
  @Singleton
  static class Vault {
    String open(@Sender(channel = "chat") String from) {
      return from;
    }
  }

  private PendingRequest pending() {
    return pairing.store().pending(AccountFilter.ALL, new PageRequest(1, null)).items().get(0);
  }

  @Test
  @DisplayName("A stranger does not reach the method until the approval")
  void stranger() {
    try (WeldContainer weld = container(Bot.class)) {
      Bot bot = weld.select(Bot.class).get();
      NotAdmittedException refused =
          catchThrowableOfType(NotAdmittedException.class, () -> bot.answer("hi", "Ana"));
      assertThat(refused.decision()).isInstanceOf(Challenge.class);
      assertThat(refused).hasMessageNotContainingAny(pending().code().value(), "Ana", "ana");
      assertThat(pending().sender()).isEqualTo(new SenderKey("chat", "work", "ana"));
      assertThat(bot.calls()).isEmpty();
      pairing
          .store()
          .approve(pending().requestId(), AllowTerms.NONE, null, InMemoryPairing.OPERATOR);
      assertThat(bot.answer("hi", "Ana")).isEqualTo("Ana: hi");
      pairing.store().revoke(new SenderKey("chat", "work", "ana"), InMemoryPairing.OPERATOR);
      assertThatThrownBy(() -> bot.answer("hi", "Ana")).isInstanceOf(NotAdmittedException.class);
      assertThat(bot.calls()).containsExactly("Ana");
      assertThat(bot.open()).isEqualTo("open");
    }
  }

  @Test
  @DisplayName("A SenderKey names the account itself, in any form")
  void senderKey() {
    pairing.admit("chat", "ana");
    try (WeldContainer weld = container(Bot.class)) {
      Bot bot = weld.select(Bot.class).get();
      assertThat(bot.anywhere(new SenderKey("chat", "default", " Ana")))
          .isEqualTo("chat:default: Ana");
      assertThatThrownBy(() -> bot.anywhere(new SenderKey("chat", "work", "ana")))
          .isInstanceOf(NotAdmittedException.class);
      assertThatThrownBy(() -> bot.anywhere(new SenderKey("not a channel", "work", "ana")))
          .isInstanceOf(InvalidValueException.class);
    }
  }

  @Test
  @DisplayName("Without a valid sender, or without the database, nobody is admitted")
  void failsClosed() {
    pairing.admit("chat", "ana");
    try (WeldContainer weld = container(Bot.class, Vault.class)) {
      Bot bot = weld.select(Bot.class).get();
      Vault vault = weld.select(Vault.class, Any.Literal.INSTANCE).get();
      assertRefused(() -> bot.anywhere(null), DropReason.REJECTED_SENDER);
      assertRefused(() -> bot.answer("hi", null), DropReason.REJECTED_SENDER);
      assertRefused(() -> vault.open("bad"), DropReason.REJECTED_SENDER);
      assertThat(vault.open("ana")).isEqualTo("ana");
      pairing.setAvailable(false);
      assertRefused(() -> vault.open("ana"), DropReason.STORAGE);
    }
  }

  private static void assertRefused(Runnable call, DropReason reason) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            NotAdmittedException.class,
            refused -> assertThat(refused.decision()).isEqualTo(new Drop(reason)));
  }

  @Singleton
  static class NoSender {
    @Admitted
    String answer(String from) {
      return from;
    }
  }

  @Singleton
  static class TwoSenders {
    @Admitted
    String answer(@Sender(channel = "chat") String from, @Sender SenderKey other) {
      return from + other;
    }
  }

  @Singleton
  static class OtherType {
    @Admitted
    String answer(@Sender(channel = "chat") CharSequence from) {
      return from.toString();
    }
  }

  @Singleton
  static class NoChannel {
    @Admitted
    String answer(@Sender String from) {
      return from;
    }
  }

  @Singleton
  static class TwoAccounts {
    @Admitted
    String answer(@Sender(channel = "chat") SenderKey from) {
      return from.toString();
    }
  }

  @Singleton
  static class Private {
    @Admitted
    private String answer(@Sender(channel = "chat") String from) {
      return from;
    }
  }

  @Singleton
  static class Static {
    @Admitted
    static String answer(@Sender(channel = "chat") String from) {
      return from;
    }
  }

  @Admitted
  @Singleton
  static class OpenMethod {
    String answer(@Sender(channel = "chat") String from) {
      return from;
    }

    String forgotten() {
      return "open";
    }
  }

  /** CDI ignores annotations of interfaces. */
  interface Guarded {
    @Admitted
    String answer(@Sender(channel = "chat") String from);
  }

  @Singleton
  static class Implementation implements Guarded {
    @Override
    public String answer(String from) {
      return from;
    }
  }

  @Singleton
  static class Overriding extends Bot {
    @Override
    String answer(String text, String from) {
      return text;
    }
  }

  static class Generic<T> {
    @Admitted
    String answer(T text, @Sender(channel = "chat") String from) {
      return from;
    }
  }

  @Singleton
  static class OverridingGeneric extends Generic<String> {
    @Override
    String answer(String text, String from) {
      return text;
    }
  }

  @Singleton
  static class Repeating extends Generic<String> {
    @Override
    @Admitted
    String answer(String text, @Sender(channel = "chat") String from) {
      return text;
    }
  }

  @Test
  @DisplayName("A method that overrides a generic one is guarded if it repeats the annotation")
  void repeats() {
    try (WeldContainer weld = container(Repeating.class)) {
      Repeating bot = weld.select(Repeating.class).get();
      assertThatThrownBy(() -> bot.answer("hello", "stranger"))
          .isInstanceOf(NotAdmittedException.class);
    }
  }

  static List<Arguments> faults() {
    return List.of(
        Arguments.of(NoSender.class, "exactly one parameter with @Sender, and has 0"),
        Arguments.of(TwoSenders.class, "exactly one parameter with @Sender, and has 2"),
        Arguments.of(OtherType.class, "neither a String nor a SenderKey"),
        Arguments.of(NoChannel.class, "invalid @Sender: channel must be"),
        Arguments.of(TwoAccounts.class, "neither channel nor account"),
        Arguments.of(Private.class, "must not be private"),
        Arguments.of(Static.class, "must not be private, static"),
        Arguments.of(OpenMethod.class, "forgotten with @Admitted must have exactly one"),
        Arguments.of(Implementation.class, "put it on the class"),
        Arguments.of(Overriding.class, "is overridden without it by"),
        Arguments.of(OverridingGeneric.class, "is overridden without it by"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("faults")
  @DisplayName("A method that cannot be guarded stops the deployment")
  void refusesDeployment(Class<?> bean, String message) {
    assertThatThrownBy(() -> container(bean)).hasMessageContaining(message);
  }

  @Test
  @DisplayName("A JAX-RS resource that is not a bean stops the deployment")
  void resourceWithoutBean() throws Exception {
    ResourceInfo resource = info(Bot.class, "answer", String.class, String.class);
    try (WeldContainer weld = container(Vault.class)) {
      assertThat(weld.isRunning()).isTrue();
      assertThatThrownBy(() -> new AdmittedFeature().configure(resource, null))
          .hasMessageContaining(Bot.class.getName());
      new AdmittedFeature().configure(info(Bot.class, "open"), null);
      new AdmittedFeature().configure(info(Vault.class, "open", String.class), null);
    }
  }

  private static ResourceInfo info(Class<?> type, String name, Class<?>... parameters)
      throws NoSuchMethodException {
    Method method = type.getDeclaredMethod(name, parameters);
    return new ResourceInfo() {
      @Override
      public Method getResourceMethod() {
        return method;
      }

      @Override
      public Class<?> getResourceClass() {
        return type;
      }
    };
  }

  @Test
  @DisplayName("A refusal is a 403 without a reason, and a failure a 503")
  void responses() {
    PlainResponses.install();
    try {
      Decision challenge =
          pairing.gate().shouldAdmit("chat", null, "ana", AdmissionPolicy.CHALLENGE);
      for (Decision decision :
          List.of(challenge, new Drop(DropReason.BLOCKED), new Drop(DropReason.MAX_PENDING))) {
        Response answer = new NotAdmittedMapper().toResponse(new NotAdmittedException(decision));
        assertThat(answer.getStatus()).isEqualTo(403);
        assertThat((String) answer.getEntity())
            .contains("The sender of the message is not admitted.")
            .doesNotContain(pending().code().value(), "blocked", "max_pending");
      }
      for (DropReason reason : List.of(DropReason.STORAGE, DropReason.ADAPTER_UNAVAILABLE)) {
        Response answer =
            new NotAdmittedMapper().toResponse(new NotAdmittedException(new Drop(reason)));
        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
      }
    } finally {
      RuntimeDelegate.setInstance(null);
    }
  }
}
