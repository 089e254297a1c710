package dev.nexo.pairing.keys;

import dev.nexo.pairing.database.Sweep;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes what this server has kept of keys that verify nothing any more. */
@Component
public class KeySweep implements Sweep {

  /** Longer than it takes to replace a key. */
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
    Set<String> kept = files.look().siblings().keySet();
    List<SigningKeyEntity> known = rows.all();
    for (SigningKeyEntity row : known) {
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
