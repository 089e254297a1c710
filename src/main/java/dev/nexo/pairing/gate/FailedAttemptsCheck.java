package dev.nexo.pairing.gate;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;

/** Reports who presented wrong secrets within the last hour, and who is locked. Thread-safe. */
@Component
class FailedAttemptsCheck implements DoctorCheck {

  /** The number of findings. */
  private static final int MAX_FINDINGS = 20;

  private static final String NAME = "failed_attempts";

  private final FailedAttempts failures;
  private final AttemptLimiter limiter;

  @Inject
  FailedAttemptsCheck(FailedAttempts failures, AttemptLimiter limiter) {
    this.failures = failures;
    this.limiter = limiter;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings =
        failures.recent().stream().limit(MAX_FINDINGS).map(this::finding).toList();
    return findings.isEmpty()
        ? List.of(Finding.ok(NAME, "Nobody has presented a wrong secret within the last hour."))
        : findings;
  }

  private Finding finding(FailedAttempts.Tally tally) {
    LoginKey login = tally.login();
    Duration locked = limiter.lockedFor(login);
    DoctorMessage message =
        locked.isZero() ? DoctorMessage.LOGIN_FAILED : DoctorMessage.LOGIN_LOCKED;
    long seconds =
        locked.isZero() ? failures.ago(tally).toSeconds() : locked.plusMillis(999).toSeconds();
    return message.finding(
        NAME, login.who(), login.address(), tally.times(), seconds, remedy(login));
  }

  private static String remedy(LoginKey login) {
    return switch (login.kind()) {
      case PASSWORD ->
          login.known()
              ? password(login.login())
              : "The name in its settings must be operator,"
                  + " or a name below pairing.channels that has a password.";
      case SERVER_ACCOUNT ->
          "Correct the name and the password in its settings, or the account in the server's"
              + " registry.";
      case TOKEN ->
          "If it is a companion, pair it again. To create a setup code, run: nexo-pair start --for-device <name>";
      case CONNECTION -> "It connects to /pair and sends no token.";
      case NOTICE -> "Nobody can guess one. A notification that has expired is no failure.";
    };
  }

  private static String password(String name) {
    return name.equals("operator")
        ? "Give it the operator's password, or stop it. The beginning of the server's log says where"
            + " the password is."
        : "Put the password of pairing.channels."
            + name
            + " (password or password_file) into the settings of that program, or stop it. If it is"
            + " in an environment variable that you changed, restart the server.";
  }
}
