package dev.nexo.pairing.http.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nexo.pairing.AuditEntry;
import dev.nexo.pairing.PendingRequest;
import dev.nexo.pairing.SenderKey;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.http.fake.FakeSessions;
import dev.nexo.pairing.http.fake.FakeSetupCodes;
import dev.nexo.pairing.http.fake.FakeStore;
import dev.nexo.pairing.testing.MovableTicker;
import dev.nexo.pairing.testkit.MovableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Event feed")
class EventFeedTest {

  private volatile boolean signedIn = true;
  private volatile boolean replaced;

  private final Trail trail = new Trail();
  private final MovableTicker ticker = new MovableTicker();
  private final Rounds time = new Rounds();
  private final EventFeed feed =
      new EventFeed(
          trail,
          () -> replaced,
          new EventFrames(trail, new FakeSetupCodes(), new FakeSessions()),
          ticker,
          time);

  @AfterEach
  void end() {
    time.shutdownNow();
  }

  /** An audit trail that tests write. */
  private static final class Trail extends FakeStore {
    private final List<AuditEntry> lines = new ArrayList<>();
    private boolean away;
    private boolean pendingAway;
    private int questions;

    void write(String action, int times) {
      for (int i = 0; i < times; i++) {
        lines.add(
            new AuditEntry(
                lines.size() + 1,
                MovableClock.START,
                "operator",
                "api",
                action,
                new SenderKey("chat", "default", "ana"),
                null,
                "req-1"));
      }
    }

    @Override
    public List<AuditEntry> auditAfter(long id, int limit) {
      questions++;
      if (away) {
        throw new StorageUnavailableException("away", null);
      }
      int from = (int) Math.min(id, lines.size());
      return lines.subList(from, Math.min(from + limit, lines.size()));
    }

    @Override
    public Optional<PendingRequest> pending(String requestId) {
      if (pendingAway) {
        throw new StorageUnavailableException("away", null);
      }
      return super.pending(requestId);
    }
  }

  /** Keeps what is to be done again and again, for the test to do. */
  private static final class Rounds extends ScheduledThreadPoolExecutor {
    private final List<Runnable> polls = new ArrayList<>();
    private final List<ScheduledFuture<?>> armed = new ArrayList<>();

    Rounds() {
      super(0);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(
        Runnable work, long initial, long delay, TimeUnit unit) {
      if (unit.toMillis(delay) == EventFeed.POLL.toMillis()) {
        polls.add(work);
      }
      ScheduledFuture<?> future = schedule(() -> {}, 1, TimeUnit.DAYS);
      armed.add(future);
      return future;
    }

    long armed() {
      return armed.stream().filter(future -> !future.isCancelled()).count();
    }
  }

  /** Writes down what it is sent. */
  private final class Listener implements EventFeed.Sink {
    private final List<String> frames = new ArrayList<>();
    private int ends;
    private boolean gone;

    Listener(long after) {
      assertThat(feed.add(this, after, () -> signedIn)).isTrue();
    }

    @Override
    public void send(String frame) {
      if (gone) {
        feed.remove(this);
      } else {
        frames.add(frame);
      }
    }

    @Override
    public void end() {
      ends++;
      feed.remove(this);
    }

    List<Long> ids() {
      return frames.stream()
          .map(frame -> Long.valueOf(frame.lines().findFirst().orElseThrow().substring(4)))
          .toList();
    }
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  @DisplayName("A listener gets each event after its own id once")
  void listeners() {
    trail.write("approved", 3);
    Listener old = new Listener(1);
    Listener fresh = new Listener(3);
    feed.poll();
    feed.poll();
    assertThat(old.ids()).containsExactly(2L, 3L);
    assertThat(fresh.ids()).isEmpty();
    trail.write("revoked", 2);
    Listener ahead = new Listener(5);
    feed.poll();
    trail.write("denied", 1);
    feed.poll();
    assertThat(old.ids()).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(fresh.ids()).containsExactly(4L, 5L, 6L);
    assertThat(ahead.ids()).containsExactly(6L);
  }

  @Test
  @DisplayName("A million seeded senders are no events and delay none")
  void manySeeded() {
    Listener listener = new Listener(0);
    trail.write("seeded", 1_000_000);
    trail.write("approved", 1);
    int rounds = 0;
    while (listener.frames.isEmpty()) {
      feed.poll();
      rounds++;
      assertThat(rounds).isLessThanOrEqualTo(11);
    }
    assertThat(listener.ids()).containsExactly(1_000_001L);
    trail.questions = 0;
    feed.poll();
    assertThat(trail.questions).as("nothing is read again").isEqualTo(1);
  }

  @Test
  @DisplayName("A database outage loses and repeats no event")
  void databaseAway() {
    Listener listener = new Listener(0);
    trail.write("approved", 2);
    trail.away = true;
    feed.poll();
    assertThat(listener.frames).isEmpty();
    trail.away = false;
    trail.write("challenged", 1);
    trail.write("approved", 1);
    trail.pendingAway = true;
    feed.poll();
    assertThat(listener.ids()).as("as far as it got").isEqualTo(upTo(2));
    trail.pendingAway = false;
    feed.poll();
    assertThat(listener.ids()).isEqualTo(upTo(4));
    assertThat(listener.ends).isZero();
  }

  @Test
  @DisplayName("A closed listener does not affect the others")
  void goneListener() {
    Listener gone = new Listener(0);
    Listener other = new Listener(0);
    gone.gone = true;
    trail.write("approved", 2);
    feed.poll();
    assertThat(other.ids()).isEqualTo(upTo(2));
  }

  @Test
  @DisplayName("Nothing is read while there is no listener")
  void noListener() {
    assertThat(time.armed()).isZero();
    Listener one = new Listener(0);
    Listener other = new Listener(0);
    assertThat(time.armed()).as("one poller and one heartbeat for both").isEqualTo(2);
    feed.remove(one);
    assertThat(time.armed()).isEqualTo(2);
    feed.remove(other);
    assertThat(time.armed()).isZero();
    time.polls.forEach(Runnable::run);
    assertThat(trail.questions).isZero();
  }

  @Test
  @DisplayName("A listener beyond the limit is refused until another one leaves")
  void listenerLimit() {
    List<Listener> all = new ArrayList<>();
    for (int i = 0; i < EventFeed.MAX_LISTENERS; i++) {
      all.add(new Listener(0));
    }
    assertThat(feed.add(new Deaf(), 0, () -> true)).isFalse();
    feed.remove(all.get(0));
    assertThat(feed.add(new Deaf(), 0, () -> true)).isTrue();
  }

  private static final class Deaf implements EventFeed.Sink {
    @Override
    public void send(String frame) {}

    @Override
    public void end() {}
  }

  @Test
  @DisplayName("The heartbeat carries the id to continue from")
  void heartbeat() {
    Listener listener = new Listener(0);
    trail.write("seeded", 5);
    feed.poll();
    feed.beat();
    assertThat(listener.frames).containsExactly(":\nid: 5\n\n");
  }

  @Test
  @DisplayName("A stream ends after 15 minutes")
  void maxLifetime() {
    Listener old = new Listener(0);
    ticker.move(EventFeed.MAX_LIFE.minusSeconds(1));
    Listener fresh = new Listener(0);
    feed.beat();
    assertThat(old.ends).isZero();
    ticker.move(Duration.ofSeconds(1));
    feed.beat();
    assertThat(old.ends).isEqualTo(1);
    assertThat(fresh.ends).isZero();
  }

  @Test
  @DisplayName("A stream ends with the login that opened it")
  void loginEnds() {
    Listener listener = new Listener(0);
    feed.beat();
    assertThat(listener.ends).isZero();
    signedIn = false;
    feed.beat();
    assertThat(listener.ends).isEqualTo(1);
  }

  @Test
  @DisplayName("A stopping server ends all streams and accepts none")
  void stops() {
    Listener listener = new Listener(0);
    feed.stop();
    assertThat(listener.ends).isEqualTo(1);
    assertThat(feed.add(new Deaf(), 0, () -> true)).isFalse();
    assertThat(time.armed()).isZero();
  }

  @Test
  @DisplayName("Listeners get a reset if the database is replaced, and if it is back")
  void replaced() {
    trail.write("approved", 2);
    Listener listener = new Listener(0);
    feed.poll();
    replaced = true;
    trail.away = true;
    feed.poll();
    feed.poll();
    assertThat(listener.frames).hasSize(3);
    assertThat(listener.frames.get(2)).contains("event: reset");
    assertThat(EventsResource.canGoOn(listener.ids().get(2), Integer.MAX_VALUE))
        .as("after a restart, whatever the new trail contains")
        .isFalse();
    replaced = false;
    trail.away = false;
    trail.write("revoked", 1);
    feed.poll();
    assertThat(listener.ids()).endsWith(2L, 3L);
    assertThat(listener.frames.get(3)).contains("event: reset");
  }
}
