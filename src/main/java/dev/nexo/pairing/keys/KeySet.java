package dev.nexo.pairing.keys;

import dev.nexo.pairing.codec.SigningKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which keys count on this server, as its files and the database had it at one moment. Immutable.
 */
public final class KeySet {

  private final SigningKey signing;
  private final long issuedUntil;
  private final KeyProblem trouble;
  private final List<KeyProblem> faults;
  private final List<SigningKey> verifying;
  private final Map<SigningKey, Instant> ends;
  private final Instant firstEnd;

  private KeySet(
      SigningKey signing,
      long issuedUntil,
      KeyProblem trouble,
      List<KeyProblem> faults,
      List<SigningKey> verifying,
      Map<SigningKey, Instant> ends) {
    this.signing = signing;
    this.issuedUntil = issuedUntil;
    this.trouble = trouble;
    this.faults = List.copyOf(faults);
    this.verifying = List.copyOf(verifying);
    this.ends = Map.copyOf(ends);
    this.firstEnd = ends.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
  }

  /**
   * Judges.
   *
   * @param path where this server's own key lies
   * @param files what lies there and beside it
   * @param rows all keys that ever counted
   * @param now when
   */
  static KeySet of(Path path, KeyFiles.Look files, List<SigningKeyEntity> rows, Instant now) {
    Map<String, SigningKey> known = new HashMap<>(files.siblings());
    known.keySet().removeAll(new HashSet<>(files.drafts()));
    known.putAll(files.previous());
    if (files.own() instanceof KeyFile.Fit own) {
      known.put(own.key().fingerprint(), own.key());
    }
    Optional<SigningKeyEntity> inForce =
        rows.stream().filter(SigningKeyEntity::inForce).findFirst();
    SigningKey signing = inForce.map(row -> known.get(row.fingerprint)).orElse(null);
    KeyProblem trouble = trouble(path, files, inForce, signing != null);

    Map<String, SigningKey> verifying = new LinkedHashMap<>();
    Map<SigningKey, Instant> ends = new HashMap<>();
    if (signing != null) {
      verifying.put(signing.fingerprint(), signing);
    }
    files.previous().forEach(verifying::putIfAbsent);
    known.putAll(files.siblings());
    for (SigningKeyEntity row : rows) {
      SigningKey key = known.get(row.fingerprint);
      boolean retired = !row.inForce() && now.isBefore(row.end());
      if (key != null && retired && verifying.putIfAbsent(row.fingerprint, key) == null) {
        ends.put(key, row.end());
      }
    }
    return new KeySet(
        trouble == null ? signing : null,
        inForce.map(row -> row.issuedUntil).orElse(0L),
        trouble,
        files.faults(),
        new ArrayList<>(verifying.values()),
        ends);
  }

  private static KeyProblem trouble(
      Path path, KeyFiles.Look files, Optional<SigningKeyEntity> inForce, boolean known) {
    if (files.own() instanceof KeyFile.Unfit unfit) {
      return unfit.trouble();
    }
    boolean missing = files.own() instanceof KeyFile.Missing;
    if (known || (inForce.isEmpty() && missing)) {
      return null;
    }
    if (inForce.isEmpty()) {
      return new KeyProblem(
          KeyProblem.REPLACED, path + " holds a key that was replaced: put the newest one there");
    }
    if (files.drafts().contains(inForce.get().fingerprint)) {
      return new KeyProblem(
          KeyProblem.NOT_IN_PLACE,
          path
              + " is not the key in force, which lies beside it and could not take its place: give"
              + " the server's user the right to write there, or move a foreign key away");
    }
    return new KeyProblem(
        missing ? KeyProblem.MISSING : KeyProblem.ANOTHER,
        path
            + (missing
                ? " is missing, and the servers of this database have a key already"
                : " is not the key of the other servers of this database")
            + ": copy it from "
            + inForce.get().origin
            + ", or from a backup");
  }

  /** What signs; null where there is nothing fit for it, or nothing yet. */
  SigningKey signing() {
    return signing;
  }

  /**
   * Whether there is a key to sign with, and it was promised to verify as long as this.
   *
   * @param expiry milliseconds since 1970
   */
  boolean promised(long expiry) {
    return signing != null && expiry <= issuedUntil;
  }

  /** Why nothing can be signed, and what to do; null where it can, or no key was made so far. */
  public KeyProblem trouble() {
    return trouble;
  }

  /** What else is wrong with files that the configuration names. */
  List<KeyProblem> faults() {
    return faults;
  }

  /** What verifies at a time. */
  public List<SigningKey> verifying(Instant now) {
    if (now.isBefore(firstEnd)) {
      return verifying;
    }
    return verifying.stream()
        .filter(key -> ends.get(key) == null || now.isBefore(ends.get(key)))
        .toList();
  }
}
