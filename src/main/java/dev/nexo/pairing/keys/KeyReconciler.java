package dev.nexo.pairing.keys;

import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Brings the key files of this server and the database to agree. What counts, the database says; a
 * key that was replaced never comes back into force. Thread-safe.
 */
@Component
class KeyReconciler {

  private static final Logger LOG = System.getLogger(KeyReconciler.class.getName());

  private final KeyFiles files;
  private final SigningKeyTable rows;
  private final Clock clock;

  @Inject
  KeyReconciler(KeyFiles files, SigningKeyTable rows, Clock clock) {
    this.files = files;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * Looks at both, and takes the step that is due, if any.
   *
   * @throws dev.nexo.pairing.StorageUnavailableException where the database does not answer
   */
  KeySet reach() {
    // The database first: where a key is replaced between the two, the one before is on disk still,
    // while the new one would seem to be nowhere.
    List<SigningKeyEntity> known = rows.all();
    KeyFiles.Look look = files.look();
    if (step(look, known)) {
      known = rows.all();
      look = files.look();
    }
    return KeySet.of(files.path(), look, known, clock.instant());
  }

  private boolean step(KeyFiles.Look look, List<SigningKeyEntity> known) {
    Optional<String> inForce =
        known.stream().filter(SigningKeyEntity::inForce).map(row -> row.fingerprint).findFirst();
    if (look.own() instanceof KeyFile.Fit fit) {
      String own = fit.key().fingerprint();
      boolean counted = known.stream().anyMatch(row -> row.fingerprint.equals(own));
      return counted ? finish(look, inForce, own) : begin(look, inForce, own);
    }
    return look.own() instanceof KeyFile.Missing && finish(look, inForce, "");
  }

  /** A key that never counted: the first one, or one that an operator put there by hand. */
  private boolean begin(KeyFiles.Look look, Optional<String> inForce, String own) {
    if (inForce.isEmpty()) {
      rows.first(own, files.origin());
      return true;
    }
    // Who names the key in force as the previous one means the other to follow it.
    if (look.previous().containsKey(inForce.get())) {
      rows.follow(inForce.get(), own, files.origin());
      return true;
    }
    return false;
  }

  /** A replacement that was broken off after the database knew of it. */
  private boolean finish(KeyFiles.Look look, Optional<String> inForce, String own) {
    if (inForce.isEmpty() || inForce.get().equals(own) || !look.drafts().contains(inForce.get())) {
      return false;
    }
    try {
      files.putInPlace(inForce.get());
      return true;
    } catch (IOException e) {
      // Told as what it leads to: the key in force is not in its place.
      LOG.log(Level.DEBUG, "The new key could not be put in place", e);
      return false;
    }
  }
}
