package dev.nexo.pairing.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.LoginKey.Kind;
import dev.nexo.pairing.internal.LoginLocks;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testing.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Failure limiter")
class FailureLimiterTest {

  private static final String ADDRESS = "192.0.2.1";

  private final MovableTicker ticker = new MovableTicker();
  private final ScheduledExecutorService background = Executors.newScheduledThreadPool(1);
  private final FailureLimiter attempts =
      new FailureLimiter(ticker, new FailedAttempts(ticker, background, failed -> {}));

  @AfterEach
  void stop() {
    background.shutdownNow();
  }

  private static LoginKey account(String address, String name) {
    return new LoginKey(address, Kind.PASSWORD, name, true);
  }

  private static LoginKey unknown(String name) {
    return new LoginKey(ADDRESS, Kind.PASSWORD, name, false);
  }

  private void fail(LoginKey login, int times) {
    for (int i = 0; i < times; i++) {
      attempts.failed(login);
    }
  }

  /** Presents a wrong secret, and returns whether a guesser has learned that it is wrong. */
  private boolean judged(LoginKey login) {
    Optional<AttemptLimiter.Attempt> reserved = attempts.reserve(login);
    boolean wrong = reserved.isPresent() && (attempts.failed(login).isZero() || login.known());
    reserved.ifPresent(AttemptLimiter.Attempt::close);
    return wrong;
  }

  @Test
  @DisplayName("The tenth failure in a minute locks a login for the rest of it")
  void locks() {
    LoginKey operator = account(ADDRESS, "operator");
    fail(operator, 9);
    assertThat(attempts.lockedFor(operator)).isZero();
    ticker.move(Duration.ofSeconds(20));
    fail(operator, 1);
    assertThat(attempts.lockedFor(operator)).isEqualTo(Duration.ofSeconds(40));
    ticker.move(Duration.ofSeconds(41));
    assertThat(attempts.lockedFor(operator)).isZero();
  }

  @Test
  @DisplayName("A minute after the first failure the count starts again")
  void newWindow() {
    fail(account(ADDRESS, "operator"), 9);
    ticker.move(Duration.ofSeconds(61));
    fail(account(ADDRESS, "operator"), 9);
    assertThat(attempts.lockedFor(account(ADDRESS, "operator"))).isZero();
  }

  @ParameterizedTest(name = "{0} and {1}: one = {2}")
  @CsvSource({
    "2001:db8::1, 2001:db8::ffff:1, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "::ffff:192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "unix, unix, true",
    "not:an:address, 192.0.2.1, false"
  })
  @DisplayName("An IPv6 /64 counts as one address")
  void networks(String one, String other, boolean same) {
    fail(account(one, "operator"), 10);
    assertThat(attempts.lockedFor(account(one, "operator"))).isPositive();
    assertThat(!attempts.lockedFor(account(other, "operator")).isZero()).isEqualTo(same);
  }

  @ParameterizedTest(name = "{3}")
  @CsvSource({
    "PASSWORD, telegram, true, the login that fails, true",
    "PASSWORD, operator, true, another account, false",
    "PASSWORD, nobody, false, a name without an account, false",
    "SERVER_ACCOUNT, telegram, true, an account of the server with that name, false",
    "TOKEN, telegram, false, a companion token, false",
    "CONNECTION, /pair, true, a connection, false"
  })
  @DisplayName("Only the login that fails is locked")
  void others(Kind kind, String login, boolean known, String what, boolean locked) {
    fail(account(ADDRESS, "telegram"), 50);
    LoginKey other = new LoginKey(ADDRESS, kind, login, known);
    assertThat(!attempts.lockedFor(other).isZero()).as(what).isEqualTo(locked);
    assertThat(attempts.reserve(other).isEmpty()).as(what).isEqualTo(locked);
  }

  @Test
  @DisplayName("Trying a new name each time gives ten guesses, and locks no account")
  void rotatingNames() {
    attempts.succeeded(LoginKey.token(ADDRESS, "in use"));
    int judged = 0;
    for (int i = 0; i < 1_000; i++) {
      for (Kind kind : List.of(Kind.PASSWORD, Kind.TOKEN)) {
        LoginKey guess = new LoginKey(ADDRESS, kind, "guess" + i, false);
        judged += judged(guess) ? 1 : 0;
      }
    }
    assertThat(judged).isEqualTo(2 * AttemptLimiter.MAX_FAILURES);
    assertThat(attempts.lockedFor(unknown("never seen"))).isPositive();
    assertThat(attempts.lockedFor(LoginKey.token(ADDRESS, "never seen"))).isZero();
    assertThat(attempts.lockedFor(LoginKey.token(ADDRESS, "in use"))).isZero();
    assertThat(attempts.reserve(account(ADDRESS, "operator"))).isPresent();
    ticker.move(Duration.ofSeconds(61));
    assertThat(attempts.reserve(unknown("never seen"))).isPresent();
  }

  /** Presents a wrong secret, and returns for how long the answer calls the login locked. */
  private Duration answer(LoginKey login) {
    Duration locked = attempts.lockedFor(login);
    return locked.isZero() ? attempts.failed(login) : locked;
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "NNNNNNNNNNX, a name after ten others",
    "NNNNNNNNNNXXXX, and again",
    "XXXXXXXXXXX, one name until it is locked",
    "XNNNNNNNNNX, a name that failed before the others",
    "NNNNNNNNNXN, whether it was counted among the others",
    "NNNNNNNNNNXN, another name after it"
  })
  @DisplayName("The answers to wrong passwords do not reveal whether there is an account")
  void sameAnswers(String sequence, String why) {
    List<Duration> known = answers(sequence, account(ADDRESS, "telegram"), "192.0.2.1");
    List<Duration> unknown =
        answers(sequence, new LoginKey("192.0.2.2", Kind.PASSWORD, "telegram", false), "192.0.2.2");
    assertThat(known).as(why).isEqualTo(unknown);
    if (sequence.startsWith("NNNNNNNNNNX")) {
      assertThat(known.get(10)).isEqualTo(Duration.ofSeconds(60));
      assertThat(attempts.reserve(account(ADDRESS, "telegram")))
          .as("its right password")
          .isPresent();
    }
  }

  private List<Duration> answers(String sequence, LoginKey asked, String address) {
    List<Duration> answers = new ArrayList<>();
    for (int i = 0; i < sequence.length(); i++) {
      LoginKey other = new LoginKey(address, Kind.PASSWORD, "other" + i, false);
      answers.add(answer(sequence.charAt(i) == 'X' ? asked : other));
    }
    return answers;
  }

  @Test
  @DisplayName("A guessed account is locked also while its answers are hidden")
  void hiddenGuesses() {
    for (int i = 0; i < 10; i++) {
      attempts.failed(unknown("other" + i));
    }
    LoginKey telegram = account(ADDRESS, "telegram");
    for (int i = 0; i < 10; i++) {
      assertThat(judged(telegram)).isTrue();
    }
    assertThat(attempts.reserve(telegram)).isEmpty();
  }

  @Test
  @DisplayName("An ended token is locked after ten attempts like a wrong one, and locks no other")
  void endedToken() {
    LoginKey ended = LoginKey.token(ADDRESS, "ended");
    LoginKey wrong = LoginKey.token("192.0.2.2", "wrong");
    for (int i = 0; i < 12; i++) {
      assertThat(attempts.lockedFor(ended)).isEqualTo(attempts.lockedFor(wrong));
      attempts.ended(ended);
      attempts.failed(wrong);
    }
    assertThat(attempts.lockedFor(ended)).isPositive();
    for (int i = 0; i < 20; i++) {
      attempts.ended(LoginKey.token(ADDRESS, "ended" + i));
    }
    assertThat(attempts.reserve(LoginKey.token(ADDRESS, "new"))).isPresent();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"TOKEN", "NOTICE"})
  @DisplayName("Invalid tokens refuse no valid one, and get the same answers when there are many")
  void manyInvalidTokens(Kind kind) {
    fail(new LoginKey(ADDRESS, kind, "guessed", false), 1);
    for (int i = 0; i < 150_000; i++) {
      attempts.failed(new LoginKey(ADDRESS, kind, "guess" + i, false));
    }
    LoginKey ended = new LoginKey(ADDRESS, kind, "ended", false);
    LoginKey wrong = new LoginKey(ADDRESS, kind, "wrong", false);
    for (int i = 0; i < 12; i++) {
      assertThat(attempts.lockedFor(ended)).isZero();
      assertThat(attempts.ended(ended))
          .isEqualTo(attempts.failed(wrong))
          .isEqualTo(Duration.ofMinutes(1));
    }
    LoginKey valid = new LoginKey(ADDRESS, kind, "valid", false);
    assertThat(attempts.reserve(valid)).isPresent();
    assertThat(attempts.locks()).extracting(LoginLocks.Lock::kind).containsExactly(kind);
    attempts.succeeded(valid);
    assertThat(attempts.ended(valid)).as("a token in use there has ended").isZero();
    fail(account(ADDRESS, "operator"), AttemptLimiter.MAX_FAILURES);
    assertThat(attempts.lockedFor(account(ADDRESS, "operator"))).isPositive();
    ticker.move(Duration.ofSeconds(61));
    assertThat(attempts.failed(wrong)).isZero();
    assertThat(attempts.ended(ended)).isZero();
  }

  @Test
  @DisplayName("No more than ten tokens of an address are checked at once")
  void tokensAtOnce() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Together.run(
        60,
        i -> {
          LoginKey guess = LoginKey.token(ADDRESS, "guess" + i);
          try (AttemptLimiter.Attempt attempt = attempts.reserve(guess).orElseThrow()) {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            attempts.failed(guess);
            atOnce.decrementAndGet();
            return true;
          }
        });
    assertThat(most.get()).isLessThanOrEqualTo(AttemptLimiter.MAX_FAILURES);
  }

  @Test
  @DisplayName("A companion that repeats one wrong token locks no other token")
  void repeatedToken() {
    fail(LoginKey.token(ADDRESS, "revoked"), 500);
    assertThat(attempts.lockedFor(LoginKey.token(ADDRESS, "revoked"))).isPositive();
    assertThat(attempts.lockedFor(LoginKey.token(ADDRESS, "new"))).isZero();
  }

  @Test
  @DisplayName("A name that has succeeded is not new after others' failures")
  void familiar() {
    attempts.succeeded(unknown("alice"));
    for (int i = 0; i < 20; i++) {
      attempts.failed(unknown("guess" + i));
    }
    assertThat(attempts.reserve(unknown("alice"))).isPresent();
    fail(unknown("alice"), AttemptLimiter.MAX_FAILURES);
    assertThat(attempts.lockedFor(unknown("alice"))).as("guessed itself").isPositive();
    ticker.move(Duration.ofDays(2));
    for (int i = 0; i < 20; i++) {
      attempts.failed(unknown("guess" + i));
    }
    assertThat(attempts.lockedFor(unknown("alice"))).as("forgotten").isPositive();
  }

  @ParameterizedTest(name = "known = {0}")
  @CsvSource({"true", "false"})
  @DisplayName("No more attempts are judged at once than may fail")
  void reservations(boolean known) throws Exception {
    LoginKey login = new LoginKey(ADDRESS, Kind.PASSWORD, "somebody", known);
    fail(login, 8);
    AtomicInteger judged = new AtomicInteger();
    List<Boolean> judgedOrRefused =
        Together.run(
            40,
            i -> {
              Optional<AttemptLimiter.Attempt> reserved = attempts.reserve(login);
              reserved.ifPresent(
                  attempt -> {
                    judged.incrementAndGet();
                    attempts.failed(login);
                    attempt.close();
                    attempt.close();
                  });
              return reserved.isPresent();
            });
    assertThat(judged).hasValue(2);
    assertThat(judgedOrRefused).filteredOn(reserved -> reserved).hasSize(2);
    assertThat(attempts.lockedFor(login)).isPositive();
    assertThat(attempts.reserve(account("192.0.2.2", "somebody")))
        .as("another address")
        .isPresent();
  }

  @Test
  @DisplayName("No more new names are judged at once than may fail")
  void newNamesTogether() throws Exception {
    AtomicInteger judged = new AtomicInteger();
    Together.run(
        60,
        i -> {
          LoginKey guess = LoginKey.token(ADDRESS, "guess" + i);
          attempts
              .reserve(guess)
              .ifPresent(
                  attempt -> {
                    judged.addAndGet(attempts.failed(guess).isZero() ? 1 : 0);
                    attempt.close();
                  });
          return true;
        });
    assertThat(judged).hasValue(AttemptLimiter.MAX_FAILURES);
  }

  @Test
  @DisplayName("Any number of right secrets is accepted, ten at a time")
  void rightSecrets() throws Exception {
    LoginKey operator = account(ADDRESS, "operator");
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Boolean> reserved =
        Together.run(
            40,
            i -> {
              try (AttemptLimiter.Attempt attempt = attempts.reserve(operator).orElseThrow()) {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                atOnce.decrementAndGet();
                return true;
              }
            });
    assertThat(reserved).hasSize(40).doesNotContain(false);
    assertThat(most.get()).isLessThanOrEqualTo(AttemptLimiter.MAX_FAILURES);
    assertThat(attempts.lockedFor(operator)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,192.0.2.1,192.0.2.1,operator",
    "192.0.2.1,operator,192.0.2.1,operator",
    "2001:db8:0:1::5,2001:db8:0:1::9,2001:db8:0:1::/64,operator",
    "2001:db8:0:1::5,2001:db8:0:1::/64,2001:db8:0:1::/64,operator",
    "page/192.0.2.1,192.0.2.1,page/192.0.2.1,operator"
  })
  @DisplayName("A locked account is listed, and unlocked by its address or its name")
  void unlocks(String address, String target, String shown, String login) {
    LoginKey key = account(address, "operator");
    fail(key, AttemptLimiter.MAX_FAILURES);
    assertThat(attempts.lockedFor(key)).isPositive();
    assertThat(attempts.locks())
        .anySatisfy(
            lock -> {
              assertThat(lock.address()).isEqualTo(shown);
              assertThat(lock.login()).isEqualTo(login);
              assertThat(lock.left()).isPositive();
            });
    assertThat(attempts.unlock("198.51.100.7")).isZero();
    assertThat(attempts.unlock("telegram")).isZero();
    assertThat(attempts.unlock(target)).isPositive();
    assertThat(attempts.lockedFor(key)).isZero();
    assertThat(judged(key)).isTrue();
  }

  @Test
  @DisplayName("A name that may be a secret is neither listed nor a way to unlock")
  void unlocksNoSecrets() {
    fail(unknown("my-password"), AttemptLimiter.MAX_FAILURES);
    assertThat(attempts.locks()).hasSize(1).noneMatch(lock -> lock.login() != null);
    assertThat(attempts.locks().toString()).doesNotContain("my-password");
    assertThat(attempts.unlock("my-password")).isZero();
    assertThat(attempts.unlock("")).isZero();
    assertThat(attempts.lockedFor(unknown("my-password"))).isPositive();
    assertThat(attempts.unlock(ADDRESS)).isEqualTo(1);
    assertThat(attempts.lockedFor(unknown("my-password"))).isZero();
  }
}
