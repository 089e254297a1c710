package dev.nexo.pairing.keys;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.Finding;
import dev.nexo.pairing.internal.ReadinessCheck;
import dev.nexo.pairing.platform.Component;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Checks whether this server has the active signing key, and whether its user owns the file. The
 * health report is public and contains summaries only; the log and the doctor name the files.
 * Thread-safe.
 */
@Component
public class SigningKeyCheck implements DoctorCheck, ReadinessCheck {

  private static final String KEY = "key_file";
  private static final String PREVIOUS = "previous_key_files";
  private static final String OWNER = "key_owner";

  private final KeyRing ring;
  private final KeyFiles files;

  @Inject
  SigningKeyCheck(KeyRing ring, KeyFiles files) {
    this.ring = ring;
    this.files = files;
  }

  @Override
  public String name() {
    return KEY;
  }

  @Override
  public State check() {
    KeySet keys;
    try {
      keys = ring.refresh();
    } catch (StorageUnavailableException e) {
      keys = ring.last();
    }
    if (keys == null) {
      return new State(false, Map.of(KEY, "unknown while the database does not answer"));
    }
    Map<String, String> details = new LinkedHashMap<>();
    if (keys.problem() != null) {
      details.put(KEY, keys.problem().summary());
    } else {
      details.put(KEY, keys.signing() == null ? "made with the first setup code" : "fine");
    }
    if (!keys.previousProblems().isEmpty()) {
      details.put(
          PREVIOUS,
          keys.previousProblems().stream()
              .map(KeyProblem::summary)
              .distinct()
              .collect(Collectors.joining("; ")));
    }
    return new State(keys.problem() == null, details);
  }

  @Override
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    try {
      KeySet keys = ring.refresh();
      findings.add(key(keys));
      for (KeyProblem problem : keys.previousProblems()) {
        findings.add(
            Finding.warning(
                PREVIOUS,
                "A previous key does not verify: " + problem.summary() + ".",
                problem.sentence() + "."));
      }
    } catch (StorageUnavailableException e) {
      findings.add(
          Finding.fault(
              KEY,
              "Which key counts is unknown while the database does not answer.",
              "See what is found on the database."));
    }
    owner().ifPresent(findings::add);
    return findings;
  }

  private Finding key(KeySet keys) {
    if (keys.problem() != null) {
      return Finding.fault(
          KEY,
          "No setup code can be signed: the key file is " + keys.problem().summary() + ".",
          keys.problem().sentence() + ".");
    }
    return Finding.ok(
        KEY,
        keys.signing() == null
            ? "There is no key yet; the first setup code makes one."
            : files.path() + " is the key that all servers agree on, and closed to other users.");
  }

  private Optional<Finding> owner() {
    try {
      Path key = files.path();
      return Optional.of(
          owner(key, Files.getOwner(key).getName(), System.getProperty("user.name")));
    } catch (IOException | UnsupportedOperationException e) {
      // A problem with the file is reported already; some file systems have no owners.
      return Optional.empty();
    }
  }

  /**
   * Returns a warning if another user owns the file. Root is allowed, because root can read and
   * change any file.
   */
  static Finding owner(Path key, String owner, String user) {
    if (owner.equals(user) || owner.equals("root")) {
      return Finding.ok(OWNER, key + " belongs to " + owner + ".");
    }
    return Finding.warning(
        OWNER,
        key + " belongs to " + owner + ", who can read it, and not to " + user + ".",
        "Run chown " + user + " '" + key + "'.");
  }
}
