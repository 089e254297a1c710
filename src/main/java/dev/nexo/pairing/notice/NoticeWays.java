package dev.nexo.pairing.notice;

import dev.nexo.pairing.config.NoticeSettings;
import dev.nexo.pairing.config.QuietHours;
import dev.nexo.pairing.internal.OperatorNotices;
import dev.nexo.pairing.notice.NoticeAttempts.Results;
import dev.nexo.pairing.platform.Component;
import dev.nexo.pairing.spi.DeliveryException;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Lists the ways by which operators are told, and tries one. Thread-safe. */
@Component
class NoticeWays implements OperatorNotices {

  private final List<NoticeWay> ways;
  private final NoticeAttempts attempts;
  private final NoticeSettings settings;
  private final ReentrantLock testing = new ReentrantLock();

  @Inject
  NoticeWays(@Any Instance<NoticeWay> ways, NoticeAttempts attempts, NoticeSettings settings) {
    this.ways = ways.stream().sorted(Comparator.comparing(NoticeWay::name)).toList();
    this.attempts = attempts;
    this.settings = settings;
  }

  @Override
  public List<String> names() {
    return ways.stream().map(NoticeWay::name).toList();
  }

  @Override
  public List<Way> ways() {
    Map<String, Results> results = attempts.results();
    return ways.stream().map(way -> way(way, results.get(way.name()))).toList();
  }

  private static Way way(NoticeWay way, Results results) {
    return new Way(
        way.name(),
        way.state(),
        results == null ? Optional.empty() : results.succeededAt(),
        results == null ? Optional.empty() : results.failedAt(),
        results == null ? Optional.empty() : results.failure());
  }

  @Override
  public Optional<String> quietHours() {
    return settings.quietHours().map(QuietHours::toString);
  }

  @Override
  public Optional<String> test(String name) {
    NoticeWay way =
        ways.stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no way has this name"));
    // A test occupies a request's thread for up to 30 s.
    if (!testing.tryLock()) {
      return Optional.of("Another test is running; try again when it has ended");
    }
    try {
      attempts.run(way.name(), way::test);
      return Optional.empty();
    } catch (DeliveryException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      testing.unlock();
    }
  }
}
