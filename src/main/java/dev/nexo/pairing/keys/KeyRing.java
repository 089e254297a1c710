package dev.nexo.pairing.keys;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.nexo.pairing.Actor;
import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.KeyRotation;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.config.SetupCodeSettings;
import dev.nexo.pairing.internal.LogMessage;
import dev.nexo.pairing.internal.StorageBudget;
import dev.nexo.pairing.platform.Component;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The valid signing keys of this server, the same as on all servers of its database ({@code
 * protocol.md#tokens}). Thread-safe.
 *
 * <p><b>What comes in:</b> key files, which operators may copy by hand ({@link KeyFiles}), and the
 * rows of {@link SigningKeyTable}, which define the active key.
 *
 * <p><b>What happens:</b> both are read once a second, so that a change by an operator or another
 * server is detected. The first setup code creates the first key. Before a key signs, the database
 * records until when it verifies, so that a replaced key stays valid until everything that it
 * signed has expired. Example: a code of 12:00 lives for 10 minutes. The key is replaced at 12:05;
 * it signs nothing more, but verifies until at least 12:10.
 *
 * <p><b>What goes out:</b> the active key for signing, and all valid keys for verifying.
 *
 * <p><b>What can go wrong:</b> if the key file is missing, unusable or not the active key, this
 * server signs nothing, is not ready, and logs the remedy. If the database does not answer, the
 * keys that were read last stay valid. One thread at a time asks it; the wait of the others counts
 * as their own ({@link StorageBudget}).
 */
@Component
public class KeyRing implements KeyedMac {

  private static final Logger LOG = System.getLogger(KeyRing.class.getName());
  private static final int EVERY_MILLIS = 1_000;

  /**
   * The maximum age of the keys for verifying, so that a flood of tokens causes at most ten reads a
   * second.
   */
  private static final Duration RECENT = Duration.ofMillis(100);

  /**
   * How much longer than needed a key is promised to verify, so that 5 minutes of setup codes cost
   * one write.
   */
  private static final long AHEAD_MILLIS = Duration.ofMinutes(5).toMillis();

  /** How often a promise is tried if the key is replaced before the promise is made. */
  private static final int MAX_TRIES = 5;

  private static final int MIN_MAC_BYTES = 16;
  private static final int MAX_MAC_BYTES = 32;

  private final KeyFiles files;
  private final SigningKeyTable rows;
  private final KeyReconciler reconciler;
  private final Clock clock;
  private final Ticker ticker;
  private final Duration defaultTtl;
  private final ScheduledExecutorService background;

  private Set<KeyProblem> logged = Set.of();
  private StorageUnavailableException failure;
  private long failedAt;
  private volatile KeySet keys;

  /** When the keys were read, on the clock of the ticker: setting the system time has no effect. */
  private volatile long readAt;

  private volatile ScheduledFuture<?> schedule;

  @Inject
  KeyRing(
      KeyFiles files,
      SigningKeyTable rows,
      Clock clock,
      Ticker ticker,
      SetupCodeSettings settings,
      ScheduledExecutorService background) {
    this.files = files;
    this.rows = rows;
    this.reconciler = new KeyReconciler(files, rows, clock);
    this.clock = clock;
    this.ticker = ticker;
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
      // The last keys stay valid while the database does not answer. A scheduled task that throws
      // never runs again.
      LOG.log(Level.DEBUG, "The keys could not be looked at", e);
    }
  }

  /**
   * Reads the files and the database now.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  public KeySet refresh() {
    long called = System.nanoTime();
    synchronized (this) {
      failIfFailedSince(called);
      try {
        KeySet found = reconciler.reconcile();
        log(found);
        keys = found;
        return found;
      } catch (StorageUnavailableException e) {
        failure = e;
        failedAt = System.nanoTime();
        throw e;
      } finally {
        readAt = ticker.read();
      }
    }
  }

  /**
   * Fails if a read failed while the caller waited for it. A second wait for the same database
   * would take longer than a call may.
   *
   * @param called when the caller began to wait, on the clock of {@link System#nanoTime}
   */
  private void failIfFailedSince(long called) {
    if (failure != null && failedAt - called >= 0) {
      throw new StorageUnavailableException(failure.getMessage(), failure);
    }
  }

  /** Logs every problem once, and again if it returns after it was solved. */
  private void log(KeySet found) {
    Set<KeyProblem> problems = new HashSet<>();
    for (KeyProblem previous : found.previousProblems()) {
      if (problems.add(previous) && !logged.contains(previous)) {
        LogMessage.PREVIOUS_KEY_UNUSABLE.log(LOG, previous.sentence());
      }
    }
    KeyProblem problem = found.problem();
    if (problem != null && problems.add(problem) && !logged.contains(problem)) {
      LogMessage.KEY_UNUSABLE.log(LOG, problem.sentence());
    }
    logged = problems;
  }

  /** Returns the keys that were read last, or null if none were read yet. */
  KeySet last() {
    return keys;
  }

  private KeySet current() {
    KeySet last = keys;
    return last == null ? refresh() : last;
  }

  /**
   * Returns keys that were read at most 100 ms ago, or the last ones if the database does not
   * answer. Another server may have signed a token with a key that is newer than the last scheduled
   * read. Every token is verified with these keys, valid or not, so that the response time reveals
   * nothing.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if no keys were ever read, and the
   *     database does not answer
   */
  public KeySet recent() {
    if (isRecent()) {
      return current();
    }
    try (StorageBudget.Wait wait = StorageBudget.startWait()) {
      return reread();
    }
  }

  /** Reads the keys, unless another caller has read them while this one waited. */
  private synchronized KeySet reread() {
    if (keys != null && !isRecent()) {
      refreshQuietly();
    }
    return current();
  }

  private boolean isRecent() {
    return ticker.read() - readAt < RECENT.toNanos();
  }

  /**
   * Returns the active key, and creates the first one if necessary. The caller has to promise in
   * the database how long the key verifies ({@link SigningKeyTable#promise}).
   *
   * @throws SigningKeyException if this server does not have the active key
   */
  public SigningKey signing() {
    SigningKey key = current().signing();
    if (key != null) {
      return key;
    }
    try (StorageBudget.Wait wait = StorageBudget.startWait()) {
      return findOrCreate();
    }
  }

  /**
   * Returns the active key for encrypting, and creates the first one if necessary; empty if this
   * server does not have it.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  public Optional<SigningKey> encrypting() {
    KeySet last = current();
    // If something is wrong with the files, the scheduled reads detect when it is fixed.
    if (last.signing() != null || last.problem() != null) {
      return Optional.ofNullable(last.signing());
    }
    return Optional.of(signing());
  }

  /** Returns a key of this server, valid or not, for decrypting; empty if it does not have it. */
  public Optional<SigningKey> decrypting(String fingerprint) {
    return Optional.ofNullable(current().files().get(fingerprint));
  }

  private synchronized SigningKey findOrCreate() {
    KeySet found = refresh();
    if (found.signing() == null && found.problem() == null) {
      try {
        files.create();
      } catch (IOException e) {
        throw unwritable(e);
      }
      found = refresh();
    }
    return found.requireSigning(files.path() + " was taken away");
  }

  /**
   * Returns the active key after promising that it verifies until an expiry, even if a server
   * replaces it before.
   *
   * @param expiry in milliseconds since 1970
   * @throws SigningKeyException if this server does not have the active key
   * @throws dev.nexo.pairing.StorageUnavailableException if the promise has to be written, and the
   *     database does not answer
   */
  public SigningKey promised(long expiry) {
    KeySet last = current();
    if (last.isPromised(expiry)) {
      return last.signing();
    }
    try (StorageBudget.Wait wait = StorageBudget.startWait()) {
      return promise(expiry, System.nanoTime());
    }
  }

  private synchronized SigningKey promise(long expiry, long called) {
    failIfFailedSince(called);
    KeySet last = current();
    for (int i = 0; i < MAX_TRIES; i++) {
      if (last.isPromised(expiry)) {
        return last.signing();
      }
      SigningKey key = last.signing() == null ? findOrCreate() : last.signing();
      rows.promise(key.fingerprint(), expiry + AHEAD_MILLIS);
      last = refresh();
    }
    throw replacedTooOften();
  }

  /** Returns the exception for a key that was replaced before each try to sign with it. */
  public static SigningKeyException replacedTooOften() {
    return new SigningKeyException(
        "The key is being replaced again and again: try again when that is over", null);
  }

  private SigningKeyException unwritable(IOException cause) {
    return new SigningKeyException(
        "No key can be written at "
            + files.path()
            + " ("
            + cause.getClass().getSimpleName()
            + "): give the server's user the right to write in that directory, or set"
            + " pairing.setup_code.secret_path",
        cause);
  }

  /**
   * Replaces the active key. After a crash at any step, the next refresh finishes the replacement:
   * both keys are on disk before the database changes, and the new one is put in place afterwards.
   *
   * @throws SigningKeyException if this server does not have the active key or cannot write beside
   *     it, or another server has replaced it at the same time
   */
  public KeyRotation rotate(Actor by) {
    try (StorageBudget.Wait wait = StorageBudget.startWait()) {
      return rotate(by, System.nanoTime());
    }
  }

  private synchronized KeyRotation rotate(Actor by, long called) {
    failIfFailedSince(called);
    SigningKey old = findOrCreate();
    SigningKey fresh;
    try {
      fresh = files.createDraft();
    } catch (IOException e) {
      throw unwritable(e);
    }
    Instant atLeast = clock.instant().plus(defaultTtl);
    Optional<Instant> until =
        rows.rotate(old.fingerprint(), fresh.fingerprint(), files.origin(), atLeast, by);
    KeySet now = refresh();
    if (now.problem() != null) {
      throw new SigningKeyException(now.problem().sentence(), null);
    }
    if (until.isEmpty()) {
      files.delete(fresh.fingerprint());
      throw new SigningKeyException(
          "Another server has replaced the key at the same time: try again to replace that one, too",
          null);
    }
    return new KeyRotation(fresh.fingerprint(), until.get());
  }

  @Override
  public byte[] mac(byte[] message) {
    return current()
        .requireSigning("There is no key so far: issue a setup code, which makes one")
        .mac(message);
  }

  /**
   * Returns whether a MAC is valid. Tries all keys, so that the response time does not reveal which
   * one matches.
   */
  @Override
  public boolean matches(byte[] message, byte[] mac) {
    if (mac.length < MIN_MAC_BYTES || mac.length > MAX_MAC_BYTES) {
      return false;
    }
    boolean matches = false;
    for (SigningKey key : recent().verifying(clock.instant())) {
      matches |= MessageDigest.isEqual(Arrays.copyOf(key.mac(message), mac.length), mac);
    }
    return matches;
  }
}
