package dev.nexo.pairing.testing;

import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.platform.Component;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A limiter of failures by address alone, whose locks never expire. */
@Component
public class FakeLimiter implements AttemptLimiter {

  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final List<String> succeeded = new CopyOnWriteArrayList<>();

  @Override
  public Duration lockedFor(LoginKey login) {
    return failures(login.address()) >= MAX_FAILURES ? Duration.ofMillis(41_500) : Duration.ZERO;
  }

  @Override
  public Optional<Attempt> reserve(LoginKey login) {
    return lockedFor(login).isZero() ? Optional.of(() -> {}) : Optional.empty();
  }

  @Override
  public Duration failed(LoginKey login) {
    failures.merge(login.address(), 1, Integer::sum);
    return Duration.ZERO;
  }

  @Override
  public void ended(LoginKey login) {
    // Only wrong secrets are counted.
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

  /** Locks an address. */
  public void lock(String address) {
    failures.put(address, MAX_FAILURES);
  }
}
