package dev.nexo.pairing.database;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.config.StorageSettings;
import dev.nexo.pairing.internal.DoctorCheck;
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
              "The tables are at version " + Migrations.NEWEST + ", as this release needs them."));
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
      return Finding.fault(
          "database",
          "The database takes no changes: " + failure.words() + ".",
          failure.remedy(settings));
    }
    Duration taken = known.taken();
    long millis = TimeUnit.NANOSECONDS.toMillis(taken.toNanos());
    String text = "The database takes a change within " + millis + " ms.";
    return taken.compareTo(SLOW) < 0
        ? Finding.ok("database", text)
        : Finding.warning(
            "database",
            text,
            "See whether its disk is busy, its network slow, or another program keeps it locked.");
  }

  private Finding clocks() {
    Instant before = clock.instant();
    Optional<Instant> there;
    try {
      there = database.time();
    } catch (StorageUnavailableException e) {
      return Finding.fault(
          "clock",
          "The database's clock could not be read.",
          "Ask again; see what is found on the database.");
    }
    if (there.isEmpty()) {
      return Finding.ok("clock", "The database is a file and has no clock but this server's.");
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
          "clock", "This server's clock and the database's are " + seconds + " apart.");
    }
    return Finding.warning(
        "clock",
        "This server's clock is "
            + seconds
            + (apart.isNegative() ? " behind" : " ahead of")
            + " the database's: codes and sessions end early or late.",
        "Keep both machines' clocks right by NTP, for instance with chrony.");
  }
}
