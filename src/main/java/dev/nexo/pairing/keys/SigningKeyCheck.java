package dev.nexo.pairing.keys;

import dev.nexo.pairing.StorageUnavailableException;
import dev.nexo.pairing.internal.DoctorCheck;
import dev.nexo.pairing.internal.DoctorMessage;
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

  static final String KEY = "key_file";
  static final String PREVIOUS = "previous_key_files";
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
      return new State(false, Map.of(KEY, "unknown: the database does not respond"));
    }
    Map<String, String> details = new LinkedHashMap<>();
    if (keys.problem() != null) {
      details.put(KEY, keys.problem().summary());
    } else {
      details.put(
          KEY,
          keys.signing() == null ? "not created yet; the first setup code creates it" : "fine");
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
        findings.add(previous(problem.finding()));
      }
    } catch (StorageUnavailableException e) {
      findings.add(DoctorMessage.CHECK_NEEDS_DATABASE.finding(KEY));
    }
    owner().ifPresent(findings::add);
    return findings;
  }

  private Finding key(KeySet keys) {
    if (keys.problem() != null) {
      return keys.problem().finding();
    }
    return Finding.ok(
        KEY,
        keys.signing() == null
            ? "There is no key yet. The first setup code creates it."
            : files.path() + " is the active key, and other users cannot access it.");
  }

  /** A previous key that cannot be used is a warning, whatever is wrong with its file. */
  private static Finding previous(Finding file) {
    return file.level() == Finding.Level.WARNING
        ? file
        : DoctorMessage.PREVIOUS_KEY_UNUSABLE.finding(PREVIOUS, file.text(), file.remedy());
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
      return Finding.ok(OWNER, "The key file " + key + " belongs to " + owner + ".");
    }
    return DoctorMessage.KEY_FILE_OWNER.finding(OWNER, key, owner, user);
  }
}
