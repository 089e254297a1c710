package dev.nexo.pairing.keys;

import dev.nexo.pairing.codec.SigningKey;
import dev.nexo.pairing.companion.SigningKeyException;
import dev.nexo.pairing.internal.DoctorMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The valid keys of this server, computed from its files and the database at one moment. Immutable.
 *
 * @param signing the active key, or null if this server cannot use it or there is none yet
 * @param issuedUntil how long the active key is promised to verify, in milliseconds since 1970
 * @param problem the reason why this server cannot sign, or null if it can or no key was created
 *     yet
 * @param previousProblems the problems of previous key files that the configuration names
 * @param verifying the keys that verify, and until when; {@link Instant#MAX} if without limit
 * @param files all usable keys of this server by fingerprint, valid or not, for decrypting
 */
public record KeySet(
    SigningKey signing,
    long issuedUntil,
    KeyProblem problem,
    List<KeyProblem> previousProblems,
    Map<SigningKey, Instant> verifying,
    Map<String, SigningKey> files) {

  /**
   * Computes the valid keys.
   *
   * @param path the path of the key file
   * @param rows all keys that were ever active
   */
  static KeySet of(Path path, KeyFiles.Snapshot files, List<SigningKeyEntity> rows, Instant now) {
    Map<String, SigningKey> known = new HashMap<>(files.siblings());
    known.keySet().removeAll(files.drafts());
    known.putAll(files.previous());
    if (files.own() instanceof KeyFile.Usable own) {
      known.put(own.key().fingerprint(), own.key());
    }
    Optional<SigningKeyEntity> active =
        rows.stream().filter(SigningKeyEntity::isActive).findFirst();
    SigningKey signing = active.map(row -> known.get(row.fingerprint)).orElse(null);
    KeyProblem problem = problem(path, files, active, signing != null);

    Map<String, SigningKey> keys = new LinkedHashMap<>();
    Map<SigningKey, Instant> verifying = new LinkedHashMap<>();
    if (signing != null) {
      keys.put(signing.fingerprint(), signing);
    }
    files.previous().forEach(keys::putIfAbsent);
    keys.values().forEach(key -> verifying.put(key, Instant.MAX));
    // A retired key may still be a draft here: another server has put it in place and signed.
    known.putAll(files.siblings());
    for (SigningKeyEntity row : rows) {
      SigningKey key = known.get(row.fingerprint);
      boolean retired = !row.isActive() && now.isBefore(row.end());
      if (key != null && retired && keys.putIfAbsent(row.fingerprint, key) == null) {
        verifying.put(key, row.end());
      }
    }
    return new KeySet(
        problem == null ? signing : null,
        active.map(row -> row.issuedUntil).orElse(0L),
        problem,
        List.copyOf(files.previousProblems()),
        Collections.unmodifiableMap(verifying),
        Map.copyOf(known));
  }

  private static KeyProblem problem(
      Path path, KeyFiles.Snapshot files, Optional<SigningKeyEntity> active, boolean known) {
    if (files.own() instanceof KeyFile.Unusable unusable) {
      return unusable.problem();
    }
    boolean missing = files.own() instanceof KeyFile.Missing;
    if (known || (active.isEmpty() && missing)) {
      return null;
    }
    if (active.isEmpty()) {
      return KeyProblem.of(KeyProblem.REPLACED, DoctorMessage.KEY_FILE_REPLACED, path);
    }
    if (files.drafts().contains(active.get().fingerprint)) {
      return KeyProblem.of(KeyProblem.NOT_IN_PLACE, DoctorMessage.KEY_FILE_NOT_IN_PLACE, path);
    }
    String origin = active.get().origin;
    return missing
        ? KeyProblem.of(KeyProblem.MISSING, DoctorMessage.KEY_FILE_MISSING, path, origin)
        : KeyProblem.of(KeyProblem.DIFFERENT, DoctorMessage.KEY_FILE_DIFFERENT, path, origin);
  }

  /**
   * Returns the active key.
   *
   * @param ifNone the message if there is none and nothing is wrong with the files
   * @throws SigningKeyException if there is none
   */
  SigningKey requireSigning(String ifNone) {
    if (signing == null) {
      throw new SigningKeyException(problem == null ? ifNone : problem.sentence(), null);
    }
    return signing;
  }

  /**
   * Returns whether there is an active key that is promised to verify until an expiry.
   *
   * @param expiry in milliseconds since 1970
   */
  boolean isPromised(long expiry) {
    return signing != null && expiry <= issuedUntil;
  }

  /** Returns the keys that verify at a time. */
  public List<SigningKey> verifying(Instant now) {
    return verifying.entrySet().stream()
        .filter(key -> now.isBefore(key.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
