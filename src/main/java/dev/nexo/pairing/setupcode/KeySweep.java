package dev.nexo.pairing.setupcode;

import dev.nexo.pairing.config.Component;
import dev.nexo.pairing.store.Sweep;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes what this server has kept of keys that verify nothing any more. */
@Component
class KeySweep implements Sweep {

  /** Longer than it takes to replace a key. */
  private static final Duration UNFINISHED = Duration.ofHours(1);

  private final KeyFiles files;
  private final SigningKeys rows;

  @Inject
  KeySweep(KeyFiles files, SigningKeys rows) {
    this.files = files;
    this.rows = rows;
  }

  @Override
  public void sweep(Instant now) {
    Set<String> kept = files.look().siblings().keySet();
    List<SigningKeyRow> known = rows.all();
    for (SigningKeyRow row : known) {
      boolean ended = !row.inForce() && !now.isBefore(row.end());
      if (ended && kept.contains(row.fingerprint)) {
        files.forget(row.fingerprint);
      }
    }
    files.forgetLeftovers(
        known.stream().map(row -> row.fingerprint).collect(Collectors.toSet()),
        now.minus(UNFINISHED));
  }
}
