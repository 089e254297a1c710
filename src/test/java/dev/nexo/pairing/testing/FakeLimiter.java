package dev.nexo.pairing.testing;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.platform.Component;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A limiter of failures by address alone, whose locks never expire. As in the real one, failures
 * refuse no token before it is checked.
 */
@Component
public class FakeLimiter implements AttemptLimiter {

  private static final Duration LEFT = Duration.ofMillis(41_500);

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final Set<String> locked = ConcurrentHashMap.newKeySet();
  private final List<String> succeeded = new CopyOnWriteArrayList<>();

  @Override
  public Duration lockedFor(LoginKey login) {
    boolean failed = !login.kind().isToken() && failures(login.address()) >= MAX_FAILURES;
    return failed || locked.contains(login.address()) ? LEFT : Duration.ZERO;
  }

  @Override
  public Optional<Attempt> reserve(LoginKey login) {
    return lockedFor(login).isZero() ? Optional.of(() -> {}) : Optional.empty();
  }

  @Override
  public Duration failed(LoginKey login) {
    int failed = failures.merge(login.address(), 1, Integer::sum);
    return login.kind().isToken() && failed > MAX_FAILURES ? LEFT : Duration.ZERO;
  }

  @Override
  public Duration ended(LoginKey login) {
    return failures(login.address()) >= MAX_FAILURES ? LEFT : Duration.ZERO;
  }

  @Override
  public void succeeded(LoginKey login) {
    succeeded.add(login.login());
  }

  /** The logins that have succeeded. */
  public List<String> succeeded() {
    return List.copyOf(succeeded);
  }

  /** The number of failures of an address. */
  public int failures(String address) {
    return failures.getOrDefault(address, 0);
  }

  /** Locks all logins of an address. */
  public void lock(String address) {
    locked.add(address);
  }
}
