package dev.nexo.pairing.keys;

import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes this server's copies of expired keys, unless held messages are encrypted under them. */
@Component
public class KeySweep implements Sweep {

  /**
   * The minimum age of unfinished files that are deleted: longer than the replacement of a key
   * takes.
   */
  private static final Duration UNFINISHED = Duration.ofHours(1);

  private final KeyFiles files;
  private final SigningKeyTable rows;

  @Inject
  KeySweep(KeyFiles files, SigningKeyTable rows) {
    this.files = files;
    this.rows = rows;
  }

  @Override
  public void sweep(Instant now) {
    KeyFiles.Snapshot found = files.read();
    List<SigningKeyEntity> known = rows.all();
    Set<String> needed = rows.ofHeldMessages();
    known.stream()
        .filter(row -> !row.isActive() && !now.isBefore(row.end()))
        .map(row -> row.fingerprint)
        .filter(fingerprint -> !needed.contains(fingerprint))
        .filter(found.siblings()::containsKey)
        .forEach(files::delete);
    files.deleteLeftovers(
        known.stream().map(row -> row.fingerprint).collect(Collectors.toSet()),
        now.minus(UNFINISHED));
  }
}
