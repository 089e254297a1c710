package dev.nexo.pairing.keys;

import dev.nexo.pairing.Actor;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.KeyRotation;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The keys that count on this server, brought to agree with those of the other servers (contract,
 * section 6). Looks at the files and the database once a second, so that what was copied by hand or
 * replaced by another server is noticed; who signs waits for neither, and who verifies only now and
 * then. Thread-safe.
 */
@Component
public class KeyRing {

  private static final Logger LOG = System.getLogger(KeyRing.class.getName());
  private static final int EVERY_MILLIS = 1_000;

  /** How old the last look may be for who verifies; strangers can have it look no more often. */
  private static final int RECENT_MILLIS = 100;

  /**
   * How much more is promised than is needed: most codes live as long as the others, and so all of
   * the next five minutes cost one write.
   */
  private static final long AHEAD_MILLIS = Duration.ofMinutes(5).toMillis();

  /** How often a promise is made anew because the key was replaced before it was made. */
  private static final int MAX_TRIES = 5;

  private final KeyFiles files;
  private final SigningKeyTable rows;
  private final KeyReconciler agreement;
  private final Clock clock;
  private final Duration defaultTtl;
  private final ScheduledExecutorService background;

  private final KeyLog log = new KeyLog();
  private volatile KeySet keys;
  private volatile long lookedAt;
  private volatile ScheduledFuture<?> schedule;

  @Inject
  KeyRing(
      KeyFiles files,
      SigningKeyTable rows,
      KeyReconciler agreement,
      Clock clock,
      SetupCodeSettings settings,
      ScheduledExecutorService background) {
    this.files = files;
    this.rows = rows;
    this.agreement = agreement;
    this.clock = clock;
    this.defaultTtl = settings.defaultTtl();
    this.background = background;
  }

  void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
    schedule =
        background.scheduleWithFixedDelay(
            this::refreshQuietly, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (schedule != null) {
      schedule.cancel(false);
    }
  }

  private void refreshQuietly() {
    try {
      refresh();
    } catch (RuntimeException e) {
      // The last keys go on counting while the database is away. A schedule that throws is never
      // run again.
      LOG.log(Level.DEBUG, "The keys could not be looked at", e);
    }
  }

  /**
   * What counts, as it was known at the last look.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException where there has not been any, nor can be
   */
  KeySet current() {
    KeySet last = keys;
    return last == null ? refresh() : last;
  }

  /** What was known at the last look, or null where there has not been any. */
  KeySet last() {
    return keys;
  }

  /**
   * The same, looked at anew unless that was done a moment ago: a code that another server signed
   * with a new key may be here before the next look. Right or wrong, all that is verified asks for
   * this, so that the time it takes tells nothing. A database that does not answer leaves what was
   * known.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException where nothing was known, nor can be
   */
  public KeySet recent() {
    return isRecent() ? current() : lookedAtAgain();
  }

  /** Who has waited here for somebody else's look does without one. */
  private synchronized KeySet lookedAtAgain() {
    if (keys != null && !isRecent()) {
      refreshQuietly();
    }
    return current();
  }

  private boolean isRecent() {
    return Math.abs(clock.millis() - lookedAt) < RECENT_MILLIS;
  }

  /**
   * The key in force, which is made where there is none so far. Whoever signs with it sees to it
   * that the database promises to verify what is signed.
   *
   * @throws SigningKeyException where this server has not got it
   */
  public SigningKey signing() {
    SigningKey key = current().signing();
    return key == null ? found() : key;
  }

  /**
   * The same, promised: what is going to be signed with it is verified until it expires, even if
   * the key is replaced meanwhile, by whatever server.
   *
   * @param expiry of what is going to be signed, in milliseconds since 1970
   * @throws SigningKeyException where this server has not got it
   * @throws dev.nexo.pairing.StorageUnavailableException where the database has to be asked, and
   *     does not answer
   */
  public SigningKey promised(long expiry) {
    KeySet last = current();
    return last.promised(expiry) ? last.signing() : promise(expiry);
  }

  private synchronized SigningKey promise(long expiry) {
    KeySet last = current();
    for (int i = 0; i < MAX_TRIES; i++) {
      if (last.promised(expiry)) {
        return last.signing();
      }
      SigningKey key = last.signing() == null ? found() : last.signing();
      rows.promise(key.fingerprint(), expiry + AHEAD_MILLIS);
      last = refresh();
    }
    throw SigningKeyErrors.replacedAgain();
  }

  private synchronized SigningKey found() {
    KeySet found = refresh();
    if (found.signing() == null && found.trouble() == null) {
      try {
        files.make();
      } catch (IOException e) {
        throw SigningKeyErrors.unwritable(files.path(), e);
      }
      found = refresh();
    }
    if (found.signing() == null) {
      throw new SigningKeyException(
          found.trouble() == null ? files.path() + " was taken away" : found.trouble().sentence(),
          null);
    }
    return found.signing();
  }

  /**
   * Looks at the files and the database now.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException where the database does not answer
   */
  public synchronized KeySet refresh() {
    try {
      KeySet found = agreement.reach();
      log.tell(found);
      keys = found;
      return found;
    } finally {
      lookedAt = clock.millis();
    }
  }

  /**
   * Replaces the key. At every step a crash leaves what the next look can finish: both keys are on
   * disk before the database knows of the new one, and it is put in place afterwards.
   *
   * @throws SigningKeyException where this server has not got the key in force, cannot write beside
   *     it, or another server has replaced it at the same time
   */
  public synchronized KeyRotation rotate(Actor by) {
    SigningKey old = found();
    SigningKey fresh;
    try {
      fresh = files.draft();
    } catch (IOException e) {
      throw SigningKeyErrors.unwritable(files.path(), e);
    }
    Instant atLeast = clock.instant().plus(defaultTtl);
    Optional<Instant> until =
        rows.rotate(old.fingerprint(), fresh.fingerprint(), files.origin(), atLeast, by);
    KeySet now = refresh();
    if (now.trouble() != null) {
      throw new SigningKeyException(now.trouble().sentence(), null);
    }
    if (until.isEmpty()) {
      files.forget(fresh.fingerprint());
      throw new SigningKeyException(
          "Another server has replaced the key at the same time: try again to replace that one, too",
          null);
    }
    return new KeyRotation(fresh.fingerprint(), until.get());
  }
}
