package dev.nexo.pairing.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.companion.BootstrapToken;
import dev.nexo.pairing.companion.DeviceProof;
import dev.nexo.pairing.database.Database;
import dev.nexo.pairing.setupcode.SpentNonces;
import dev.nexo.pairing.testkit.MovableClock;
import dev.nexo.pairing.testkit.StubDevice;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Equal work for every bad token")
class EqualWorkTest extends SessionContract {

  /** What was asked of the database by the thread that tests. */
  private static final ThreadLocal<List<String>> ASKED = ThreadLocal.withInitial(ArrayList::new);

  /** Marks the database. */
  @InterceptorBinding
  @Retention(RetentionPolicy.RUNTIME)
  @interface Watched {}

  /** Keeps what is asked. */
  @Watched
  @Interceptor
  @Priority(1)
  static class Watch {

    @AroundInvoke
    Object watch(InvocationContext call) throws Exception {
      ASKED.get().add(call.getMethod().getName());
      return call.proceed();
    }
  }

  /** Puts the mark on. */
  static class Marking implements Extension {

    void mark(@Observes ProcessAnnotatedType<Database> database) {
      database.configureAnnotatedType().add(Watch.class.getAnnotation(Watched.class));
    }
  }

  @Override
  protected SessionWorld open() {
    return new SessionWorld(
        storage(),
        clock,
        settings(),
        new FakeKeys("a key of the tests"),
        weld -> weld.addExtensions(new Marking()).addBeanClasses(Watch.class));
  }

  static Stream<Arguments> tokens() {
    Instant later = MovableClock.START.plus(Duration.ofMinutes(5));
    return Stream.of(
        Arguments.of("that is none", new BootstrapToken("x")),
        Arguments.of("that is too long", new BootstrapToken("x".repeat(60_000))),
        Arguments.of("signed by nobody", new BootstrapToken("forged~1~2~3")),
        Arguments.of("that has expired", FakeIssuer.token("1", MovableClock.START, null)),
        Arguments.of(
            "that has expired with a nonce that is spent",
            FakeIssuer.token("spent", MovableClock.START, null)),
        Arguments.of(
            "that has expired with a nonce that is spent with a key",
            FakeIssuer.token("bound", MovableClock.START, null)),
        Arguments.of(
            "that has expired with a nonce that is cancelled",
            FakeIssuer.token("cancelled", MovableClock.START, null)),
        Arguments.of("that is the nonce of one that is spent", new BootstrapToken("bound")),
        Arguments.of("that is spent", FakeIssuer.token("spent", later, null)),
        Arguments.of("that is spent with a key", FakeIssuer.token("bound", later, null)),
        Arguments.of("that is cancelled", FakeIssuer.token("cancelled", later, null)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tokens")
  @DisplayName("Every refused token costs one check and one database read")
  void oneCheckAndOneReading(String what, BootstrapToken token) {
    Instant later = MovableClock.START.plus(Duration.ofMinutes(5));
    redeemed(FakeIssuer.token("spent", later, null));
    redeemed(FakeIssuer.token("bound", later, null), new StubDevice());
    world
        .database()
        .write(
            tx ->
                SpentNonces.spend(
                    tx, Sha256.hex("cancelled"), null, clock.instant(), clock.instant()));
    assertThat(ASKED.get()).as("the watch works").contains("write");
    for (DeviceProof proof :
        new DeviceProof[] {
          null, new StubDevice().proof(sessions().blindChallenge(token()), token)
        }) {
      ASKED.get().clear();
      int before = world.issuer.verified.get();
      refused(sessions().redeem(token, proof));
      assertThat(world.issuer.verified.get() - before).isEqualTo(1);
      assertThat(ASKED.get()).isEqualTo(Collections.singletonList("query"));
    }
    ASKED.get().clear();
    int before = world.issuer.verified.get();
    boolean repeatable = what.endsWith("with a key");
    assertThat(sessions().challenge(token).isPresent()).isEqualTo(repeatable);
    assertThat(world.issuer.verified.get() - before).isEqualTo(1);
    assertThat(ASKED.get()).isEqualTo(Collections.singletonList("query"));
  }
}
