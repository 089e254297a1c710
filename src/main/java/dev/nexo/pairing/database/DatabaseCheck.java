package dev.nexo.pairing.database;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Checks whether the database accepts changes and how fast, which other users can read its file,
 * and whether its clock agrees with this server's clock. Thread-safe.
 */
@Component
class DatabaseCheck implements DoctorCheck {

  /** A change that takes longer gives a warning; usually it takes a few milliseconds. */
  private static final Duration SLOW = Duration.ofSeconds(1);

  /**
   * A larger clock difference gives a warning, because expiry and the order of changes depend on
   * the servers' clocks.
   */
  private static final Duration CLOCKS_APART = Duration.ofSeconds(2);

  private final Database database;
  private final StorageSettings settings;
  private final Clock clock;

  @Inject
  DatabaseCheck(Database database, StorageSettings settings, Clock clock) {
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "database";
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    DatabaseHealth.Known known = database.writability();
    findings.add(answer(known, settings));
    if (known.writable()) {
      findings.add(
          Finding.ok(
              "migrations",
              "The tables have version " + Migrations.NEWEST + ", which this release requires."));
      findings.add(clocks());
    }
    if (settings.isFile()) {
      findings.addAll(DatabaseFileCheck.examine(settings.path()));
    }
    return findings;
  }

  /** Returns whether the database accepts changes, and how long one takes. */
  static Finding answer(DatabaseHealth.Known known, StorageSettings settings) {
    DatabaseFailure failure = known.failure();
    if (failure != null) {
      return failure.finding(settings);
    }
    Duration taken = known.taken();
    long millis = TimeUnit.NANOSECONDS.toMillis(taken.toNanos());
    return taken.compareTo(SLOW) < 0
        ? Finding.ok("database", "A write to the database takes " + millis + " ms.")
        : DoctorMessage.DATABASE_SLOW.finding("database", millis);
  }

  private Finding clocks() {
    Instant before = clock.instant();
    Optional<Instant> there;
    try {
      there = database.time();
    } catch (StorageUnavailableException e) {
      return DoctorMessage.CLOCK_UNREADABLE.finding("clock");
    }
    if (there.isEmpty()) {
      return Finding.ok("clock", "The database is a file and uses this server's clock.");
    }
    Instant after = clock.instant();
    return clocks(before.plus(Duration.between(before, after).dividedBy(2)), there.get());
  }

  /** Compares this server's clock with the database's. */
  static Finding clocks(Instant here, Instant there) {
    Duration apart = Duration.between(there, here);
    String seconds = "%.1f s".formatted(Math.abs(apart.toMillis()) / 1000.0);
    if (apart.abs().compareTo(CLOCKS_APART) <= 0) {
      return Finding.ok(
          "clock", "This server's clock and the database's differ by " + seconds + ".");
    }
    DoctorMessage message =
        apart.isNegative() ? DoctorMessage.CLOCK_BEHIND : DoctorMessage.CLOCK_AHEAD;
    return message.finding("clock", seconds);
  }
}
