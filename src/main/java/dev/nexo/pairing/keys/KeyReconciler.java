package dev.nexo.pairing.keys;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes the key files of this server and the database agree. The database decides which key is
 * active, and a key that was replaced never becomes active again. Thread-safe.
 */
final class KeyReconciler {

  private static final Logger LOG = System.getLogger(KeyReconciler.class.getName());

  private final KeyFiles files;
  private final SigningKeyTable rows;
  private final Clock clock;

  KeyReconciler(KeyFiles files, SigningKeyTable rows, Clock clock) {
    this.files = files;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Reads the files and the database, makes the change that is due, if any, and returns the valid
   * keys.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException if the database does not answer
   */
  KeySet reconcile() {
    // The database first: if a key is replaced between the two reads, the old one is still on disk,
    // while the new one would seem to be missing.
    List<SigningKeyEntity> known = rows.all();
    KeyFiles.Snapshot found = files.read();
    if (step(found, known)) {
      known = rows.all();
      found = files.read();
    }
    return KeySet.of(files.path(), found, known, clock.instant());
  }

  private boolean step(KeyFiles.Snapshot found, List<SigningKeyEntity> known) {
    Optional<String> active =
        known.stream().filter(SigningKeyEntity::isActive).map(row -> row.fingerprint).findFirst();
    if (found.own() instanceof KeyFile.Usable usable) {
      String own = usable.key().fingerprint();
      return known.stream().anyMatch(row -> row.fingerprint.equals(own))
          ? finish(found, active, own)
          : begin(found, active, own);
    }
    return found.own() instanceof KeyFile.Missing && finish(found, active, "");
  }

  /** Activates a new key: the first one, or one that an operator has installed. */
  private boolean begin(KeyFiles.Snapshot found, Optional<String> active, String own) {
    if (active.isEmpty()) {
      rows.first(own, files.origin());
      return true;
    }
    // An operator who configures the active key as a previous one intends the new key to follow it.
    if (found.previous().containsKey(active.get())) {
      rows.follow(active.get(), own, files.origin());
      return true;
    }
    return false;
  }

  /** Finishes a replacement that was interrupted after the change of the database. */
  private boolean finish(KeyFiles.Snapshot found, Optional<String> active, String own) {
    if (active.isEmpty() || active.get().equals(own) || !found.drafts().contains(active.get())) {
      return false;
    }
    try {
      files.install(active.get());
      return true;
    } catch (IOException e) {
      // Reported by its consequence: the active key is not in its place.
      LOG.log(Level.DEBUG, "The new key could not be put in place", e);
      return false;
    }
  }
}
