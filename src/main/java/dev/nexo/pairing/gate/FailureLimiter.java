package dev.nexo.pairing.gate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.address.PeerNetwork;
import dev.nexo.pairing.codec.Sha256;
import dev.nexo.pairing.internal.AttemptLimiter;
import dev.nexo.pairing.internal.LoginKey;
import dev.nexo.pairing.internal.LoginLocks;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Counts the failures and the running attempts of each login at each address. The window of one
 * minute begins with the first failure and is measured by a monotonic clock. Thread-safe.
 */
@Component
class FailureLimiter implements AttemptLimiter {

  private static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int MAX_LOGINS = 100_000;

  /** How long a login that has succeeded from an address is treated as known there. */
  private static final Duration FAMILIAR = Duration.ofDays(1);

  /** How long an attempt waits for running attempts of its login. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * A count of failures or of running attempts.
   *
   * @param login the name of a known account; the digest of any other; empty for the number of
   *     unknown logins of this address and kind
   * @param known whether the login is a known account
   */
  private record Counter(String network, LoginKey.Kind kind, String login, boolean known) {

    static Counter of(LoginKey key) {
      // A login that is not known may be a secret, and may be long.
      String login = key.known() ? key.login() : Sha256.hex(key.login());
      return new Counter(PeerNetwork.of(key.address()), key.kind(), login, key.known());
    }

    Counter unknownLogins() {
      return new Counter(network, kind, "", false);
    }

    /** Returns whether this is the number of invalid tokens, which refuses no valid one. */
    boolean isOfTokens() {
      return login.isEmpty() && kind.isToken();
    }

    /** Returns whether this is a count of an address, or of an account of this name. */
    boolean isOf(String addressOrLogin) {
      String of = PeerNetwork.of(addressOrLogin);
      return network.equals(of)
          || network.endsWith("/" + of)
          || PeerNetwork.shown(network).equals(addressOrLogin)
          || (known && login.equals(addressOrLogin));
    }
  }

  private final Cache<Counter, AtomicInteger> failures;

  /** The logins without a known account that have succeeded. */
  private final Cache<Counter, Boolean> familiar;

  /** The accounts that count among the unknown logins, as one that failed. */
  private final Cache<Counter, Boolean> counted;

  /** The number of running attempts; guarded by itself. */
  private final Map<Counter, Integer> running = new HashMap<>();

  private final FailedAttempts report;

  @Inject
  FailureLimiter(Ticker ticker, FailedAttempts report) {
    this.report = report;
    failures =
        Caffeine.newBuilder()
            .maximumSize(MAX_LOGINS)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .build();
    counted =
        Caffeine.newBuilder()
            .maximumSize(MAX_LOGINS)
            .expireAfterWrite(WINDOW)
            .ticker(ticker)
            .build();
    familiar =
        Caffeine.newBuilder()
            .maximumSize(MAX_LOGINS)
            .expireAfterAccess(FAMILIAR)
            .ticker(ticker)
            .build();
  }

  @Override
  public Duration lockedFor(LoginKey login) {
    for (Counter counter : counters(login)) {
      if (locks(counter)) {
        return remaining(counter);
      }
    }
    return Duration.ZERO;
  }

  /** Returns whether a count refuses attempts before they are checked. */
  private boolean locks(Counter counter) {
    return !counter.isOfTokens() && failures(counter) >= MAX_FAILURES;
  }

  private Duration remaining(Counter counter) {
    return failures
        .policy()
        .expireAfterWrite()
        .flatMap(window -> window.ageOf(counter))
        .map(WINDOW::minus)
        .filter(left -> !left.isNegative())
        .orElse(Duration.ZERO);
  }

  /** Returns what an attempt has to be within the limit of: its own count is the first. */
  private List<Counter> counters(LoginKey login) {
    Counter own = Counter.of(login);
    return login.known() || failures(own) > 0 || familiar.getIfPresent(own) != null
        ? List.of(own)
        : List.of(own, own.unknownLogins());
  }

  @Override
  public Optional<Attempt> reserve(LoginKey login) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Counter> counters;
    synchronized (running) {
      counters = counters(login);
      while (counters.stream().anyMatch(this::isFull)) {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        boolean locked = counters.stream().anyMatch(this::locks);
        if (locked || millis <= 0 || !await(millis)) {
          return Optional.empty();
        }
        counters = counters(login);
      }
      counters.forEach(counter -> running.merge(counter, 1, Integer::sum));
    }
    List<Counter> reserved = counters;
    AtomicBoolean closed = new AtomicBoolean();
    return Optional.of(
        () -> {
          if (closed.compareAndSet(false, true)) {
            end(reserved);
          }
        });
  }

  private boolean isFull(Counter counter) {
    int failed = counter.isOfTokens() ? 0 : failures(counter);
    return failed + running.getOrDefault(counter, 0) >= MAX_FAILURES;
  }

  private boolean await(long millis) {
    try {
      running.wait(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void end(List<Counter> reserved) {
    synchronized (running) {
      // Attempts wait only if a login is at its limit.
      boolean awaited = false;
      for (Counter counter : reserved) {
        awaited |= isFull(counter);
        running.computeIfPresent(counter, (key, count) -> count > 1 ? count - 1 : null);
      }
      if (awaited) {
        running.notifyAll();
      }
    }
  }

  private int failures(Counter counter) {
    AtomicInteger count = failures.getIfPresent(counter);
    return count == null ? 0 : count.get();
  }

  @Override
  public Duration failed(LoginKey login) {
    Counter own = Counter.of(login);
    report.add(login, own.network());
    if (login.known()) {
      count(own);
      return hide(own);
    }
    if (isNew(login)) {
      Counter unknown = own.unknownLogins();
      if (count(unknown) >= MAX_FAILURES) {
        // Not counted by itself: endless invalid tokens would displace the counts of others.
        return remaining(unknown);
      }
    }
    count(own);
    return Duration.ZERO;
  }

  private boolean isNew(LoginKey login) {
    return counters(login).size() > 1;
  }

  /** Treats the failure of an account, for its answer, as if there were no account. */
  private Duration hide(Counter own) {
    if (counted.getIfPresent(own) != null) {
      return Duration.ZERO;
    }
    Counter unknown = own.unknownLogins();
    if (failures(unknown) >= MAX_FAILURES) {
      return remaining(unknown);
    }
    counted.put(own, Boolean.TRUE);
    count(unknown);
    return Duration.ZERO;
  }

  @Override
  public Duration ended(LoginKey login) {
    Counter own = Counter.of(login);
    Counter unknown = own.unknownLogins();
    if (isNew(login) && failures(unknown) >= MAX_FAILURES) {
      return remaining(unknown);
    }
    count(own);
    return Duration.ZERO;
  }

  private int count(Counter counter) {
    return failures.get(counter, key -> new AtomicInteger()).getAndIncrement();
  }

  @Override
  public void succeeded(LoginKey login) {
    if (!login.known()) {
      familiar.put(Counter.of(login), Boolean.TRUE);
    }
  }

  /** Returns all locked logins. */
  List<LoginLocks.Lock> locks() {
    return locked()
        .map(
            counter ->
                new LoginLocks.Lock(
                    PeerNetwork.shown(counter.network()),
                    counter.kind(),
                    counter.known() ? counter.login() : null,
                    remaining(counter)))
        .distinct()
        .toList();
  }

  private Stream<Counter> locked() {
    return failures.asMap().entrySet().stream()
        .filter(entry -> entry.getValue().get() >= MAX_FAILURES)
        .map(Map.Entry::getKey);
  }

  /** Returns how many locks {@link #unlock} would end. */
  int countLocks(String addressOrLogin) {
    return (int) locked().filter(counter -> counter.isOf(addressOrLogin)).count();
  }

  /** Forgets the failures of an address, or of an account; returns how many locks ended. */
  int unlock(String addressOrLogin) {
    int ended = countLocks(addressOrLogin);
    failures.asMap().keySet().removeIf(counter -> counter.isOf(addressOrLogin));
    counted.asMap().keySet().removeIf(counter -> counter.isOf(addressOrLogin));
    synchronized (running) {
      running.notifyAll();
    }
    return ended;
  }
}
